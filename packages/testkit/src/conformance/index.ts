export { type AdvisorySourceCase, testAdvisorySource } from './advisory-source.ts';
export { type CatalogerCase, testCataloger } from './cataloger.ts';
export { testFormat } from './format.ts';
export { testImageSource } from './image-source.ts';
export type { ImagePlace, ImageSourceCase } from './image-source-setup.ts';
export { testVersionScheme, type VersionSchemeCase } from './version-scheme.ts';
