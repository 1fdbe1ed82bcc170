/** The program's version, in documents and answers. Equal to the version in package.json by a test. */
export const version = '0.1.0';
