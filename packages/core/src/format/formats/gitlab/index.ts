import type { Format } from '../../types.ts';
import { toScan } from './scan.ts';

/** What GitLab shows of a container scanning job. https://docs.gitlab.com/user/application_security/container_scanning/#reports-json-format */
export const gitlab: Format = {
  id: 'gitlab',
  title: 'GitLab container scanning',
  mediaType: 'application/json',
  extension: 'gitlab.json',
  *encode(report, version) {
    yield `${JSON.stringify(toScan(report, version), null, 2)}\n`;
  },
};
