/** Releases that have a document. https://github.com/vmware/photon/wiki/Security-Updates */
export const releases = ['1.0', '2.0', '3.0', '4.0', '5.0'] as const;
