import type { Context, Workspace } from '@plimsoll/core';
import type { JobRunner } from './jobs/types.ts';
import type { ImageList } from './present/image-list.ts';

/** What every route is handed. */
export interface Services {
  readonly workspace: Workspace;
  readonly context: Context;
  readonly jobs: JobRunner;
  readonly images: ImageList;
  /** True where images and advisories are the built-in sample. */
  readonly sample: boolean;
}
