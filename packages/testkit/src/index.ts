export { buildAdvisory, buildAffected, createMemoryAdvisories } from './advisory-builder.ts';
export { startBlobStore } from './blob-store.ts';
export { type FakeEngine, type FakeEngineState, startFakeEngine } from './fake-engine.ts';
export { createFakeWorkspace, type FakeWorkspace, type FakeWorkspaceOptions } from './fake-workspace.ts';
export { blobsOf, buildImage, buildIndex, jsonBlob, topOf } from './image-builder.ts';
export { dockerSaveTar, ociLayoutFiles, ociLayoutTar, writeFolder, writeOciLayout, writeSkopeoDir } from './image-builder-layouts.ts';
export { digestOf, pack, writeTar } from './image-builder-tar.ts';
export type * from './image-builder-types.ts';
export {
  type AttachedSpec,
  absentDigest,
  type LoggedRequest,
  type MemoryRegistry,
  type RegistryAuth,
  type RegistryFaults,
  startMemoryRegistry,
} from './memory-registry.ts';
export { standardReports } from './reports.ts';
export { type AdvisoryFile, sampleAdvisoryFiles } from './sample/advisory-files.ts';
export { fillSample } from './sample/fill-sample.ts';
export type { SampleImage } from './sample/types.ts';
export { buildFleet, type WrittenImage, writeFleet } from './sample/write-fleet.ts';
export { zipOf } from './zip.ts';
