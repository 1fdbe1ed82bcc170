import { rows, upgraded } from './rows.ts';

/** Python distributions of the shop's API 2.4. */
export const apiPython = rows(`
  asgiref 3.7.2
  certifi 2023.5.7
  cffi 1.15.1
  charset-normalizer 3.1.0
  cryptography 41.0.3
  Django 4.2.5
  djangorestframework 3.14.0
  gunicorn 20.1.0
  idna 3.4
  Jinja2 3.1.2
  MarkupSafe 2.1.3
  Pillow 10.0.0
  psycopg 3.1.10
  pycparser 2.21
  pytz 2023.3
  PyYAML 6.0.1
  redis 5.0.0
  requests 2.28.2
  setuptools 68.0.0
  sqlparse 0.4.3
  typing_extensions 4.7.1
  urllib3 1.26.15
  Werkzeug 2.3.6
`);

/** The same in 2.5. */
export const apiPythonNew = upgraded(
  apiPython,
  rows(`
  asgiref 3.8.1
  certifi 2024.8.30
  cffi 1.17.1
  charset-normalizer 3.4.0
  cryptography 42.0.8
  Django 4.2.16
  djangorestframework 3.15.2
  gunicorn 22.0.0
  idna 3.10
  Jinja2 3.1.4
  MarkupSafe 3.0.2
  Pillow 10.4.0
  psycopg 3.2.3
  pycparser 2.22
  PyYAML 6.0.2
  redis 5.2.0
  requests 2.32.3
  setuptools 75.6.0
  sqlparse 0.5.1
  typing_extensions 4.12.2
  urllib3 1.26.20
  Werkzeug 3.0.6
`),
);

/** npm packages of the API's admin pages: what runs. */
export const adminModules = rows(`
  axios 0.21.1
  cookie 0.4.0
  debug 4.3.4
  follow-redirects 1.14.0
  jquery 3.4.1
  lodash 4.17.20
  minimist 1.2.5
  moment 2.29.1
  ms 2.1.2
  qs 6.7.0
  ws 7.4.5
`);

export const adminModulesNew = upgraded(
  adminModules,
  rows(`
  axios 0.28.1
  cookie 0.7.2
  debug 4.3.7
  follow-redirects 1.15.9
  jquery 3.7.1
  lodash 4.17.21
  minimist 1.2.8
  moment 2.30.1
  ms 2.1.3
  qs 6.13.0
  ws 7.5.10
`),
);

/** npm packages that only the build of the admin pages needs, and that a later layer removes. */
export const buildModules = rows(`
  braces 3.0.2
  cross-spawn 7.0.3
  json5 2.2.1
  micromatch 4.0.5
  terser 5.14.1
  webpack 5.73.0
`);

/** npm packages of the shop's web front. */
export const webModules = rows(`
  accepts 1.3.7
  array-flatten 1.1.1
  body-parser 1.19.0
  bytes 3.1.0
  content-disposition 0.5.3
  content-type 1.0.4
  cookie 0.4.0
  cookie-signature 1.0.6
  debug 2.6.9
  depd 1.1.2
  destroy 1.0.4
  encodeurl 1.0.2
  escape-html 1.0.3
  etag 1.8.1
  express 4.17.1
  finalhandler 1.1.2
  forwarded 0.2.0
  fresh 0.5.2
  http-errors 1.7.2
  iconv-lite 0.4.24
  inherits 2.0.4
  jquery 3.4.1
  jsonwebtoken 8.5.1
  lodash 4.17.20
  merge-descriptors 1.0.1
  methods 1.1.2
  mime 1.6.0
  mime-types 2.1.35
  minimist 1.2.5
  ms 2.0.0
  negotiator 0.6.3
  on-finished 2.3.0
  parseurl 1.3.3
  path-to-regexp 0.1.7
  proxy-addr 2.0.7
  qs 6.7.0
  range-parser 1.2.1
  raw-body 2.4.0
  safe-buffer 5.1.2
  semver 5.7.1
  send 0.17.1
  serve-static 1.14.1
  setprototypeof 1.1.1
  statuses 1.5.0
  type-is 1.6.18
  unpipe 1.0.0
  utils-merge 1.0.1
  vary 1.1.2
  ws 7.4.5
`);
