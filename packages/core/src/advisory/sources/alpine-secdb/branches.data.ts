/** Branches with a security database, of releases that are still met. https://alpinelinux.org/releases/ */
export const branches = [
  'v3.10',
  'v3.11',
  'v3.12',
  'v3.13',
  'v3.14',
  'v3.15',
  'v3.16',
  'v3.17',
  'v3.18',
  'v3.19',
  'v3.20',
  'v3.21',
  'v3.22',
  'v3.23',
  'edge',
] as const;
