import type { Platform } from '@plimsoll/model';
import type { Context } from '../util/context.ts';

/** An image as the engine keeps it. */
export interface EngineImage {
  /** The engine's own id of it. */
  readonly id: string;
  /** Names that point to it, `shop/api:2.4`; empty for one that lost its name. */
  readonly names: readonly string[];
  /** What it is made for; absent where the engine keeps several platforms under one name, or does not say. */
  readonly platform?: Platform;
}

/** A container made from an image, running or not. */
export interface EngineContainer {
  readonly id: string;
  readonly name: string;
  readonly state: string;
}

/** A container engine of this machine, over the Docker Engine API. https://docs.docker.com/reference/api/engine/ */
export interface Engine {
  /** `Docker Engine 28.2.2`. */
  readonly name: string;
  /** Undefined where the engine has no image of that name or id. */
  findImage(nameOrId: string, context: Context): Promise<EngineImage | undefined>;
  /** Every image that has a name, sorted by its first. */
  listImages(context: Context): Promise<readonly EngineImage[]>;
  /**
   * The image as a tar, as `docker save` writes it. Throws `IMAGE_NOT_FOUND`; `ENGINE_UNREACHABLE`, also where the answer breaks off or nothing
   * more comes; `CANCELLED`.
   */
  exportImage(nameOrId: string, context: Context): AsyncIterable<Uint8Array>;
  /**
   * Fetches what the name points to in its registry now. Progress in bytes. Throws `ENGINE_PULL_FAILED` with the engine's words, also where its
   * answer ends too early; `CANCELLED`.
   * @param login base64 of `user:password`, where the registry asks for one
   */
  pull(name: string, options: { readonly login?: string }, context: Context): Promise<void>;
  /** Containers that are made from an image. */
  containersOf(imageId: string, context: Context): Promise<readonly EngineContainer[]>;
  /** Removes an image, never by force. Gives the engine's reason where it refuses; undefined where it is done. */
  removeImage(imageId: string, context: Context): Promise<string | undefined>;
}

/** What a pull came to. */
export interface PullResult {
  /** Whether the name points to another image than before. */
  readonly changed: boolean;
  /** Whether the image the name pointed to before is removed. */
  readonly removed: boolean;
  /** Why the old one was kept, where removing it was asked for and there was one. */
  readonly kept?: string;
}
