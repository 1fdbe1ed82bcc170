export { type ImagePlace, type ImageSourceCase, testImageSource } from './image-source.ts';
