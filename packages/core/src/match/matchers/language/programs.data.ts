/** Programs that Bitnami's advisories have another name for. https://github.com/bitnami/vulndb/tree/main/data */
export const programs: Readonly<Record<string, string>> = {
  'apache-httpd': 'apache',
  'envoy-proxy': 'envoy',
  go: 'golang',
  'grafana-server': 'grafana',
  httpd: 'apache',
  jdk: 'java',
  nodejs: 'node',
  openjdk: 'java',
  postgres: 'postgresql',
  'redis-server': 'redis',
};
