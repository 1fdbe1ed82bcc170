export { testFormat } from './format.ts';
export { testImageSource } from './image-source.ts';
export type { ImagePlace, ImageSourceCase } from './image-source-setup.ts';
