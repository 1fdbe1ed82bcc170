export { blobsOf, buildImage, buildIndex, jsonBlob, topOf } from './image-builder.ts';
export { dockerSaveTar, ociLayoutFiles, ociLayoutTar, writeFolder, writeOciLayout, writeSkopeoDir } from './image-builder-layouts.ts';
export { digestOf, pack, writeTar } from './image-builder-tar.ts';
export type * from './image-builder-types.ts';
