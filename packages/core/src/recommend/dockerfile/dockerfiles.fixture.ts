/** A Dockerfile of the shape that people write, and what the change of its base makes of it. */
export interface DockerfileCase {
  readonly name: string;
  readonly before: string;
  /** Base in use; `python:3.9-slim` where absent. */
  readonly from?: string;
  /** The base to put there; `python:3.12-slim` where absent. */
  readonly to?: string;
  readonly pin?: boolean;
  /** Lines that differ, as `line number: text`; the rest stays byte for byte. */
  readonly changed: Readonly<Record<number, string>>;
  readonly notes?: readonly string[];
}

export const OLD = `sha256:${'1'.repeat(64)}`;
export const NEW = `sha256:${'2'.repeat(64)}`;

export const cases: readonly DockerfileCase[] = [
  {
    name: 'one stage',
    before: '# the shop\nFROM python:3.9-slim\nWORKDIR /srv\nCOPY . .\nCMD ["python", "shop.py"]\n',
    changed: { 2: 'FROM python:3.12-slim' },
  },
  {
    name: 'an argument that is the whole image',
    before: 'ARG BASE=python:3.9-slim\nFROM $BASE\nARG BASE\nRUN echo $BASE\n',
    changed: { 1: 'ARG BASE=python:3.12-slim' },
  },
  {
    name: 'an argument that is a part of the tag, in quotes',
    before: `ARG VERSION="3.9"\nFROM python:\${VERSION}-slim\nCOPY . .\n`,
    changed: { 1: 'ARG VERSION="3.12"' },
  },
  {
    name: 'an argument that cannot give the tag',
    before: `ARG VERSION=3.9\nFROM python:\${VERSION}-slim\nCOPY . .\n`,
    to: 'python:3.12-alpine',
    changed: { 2: 'FROM python:3.12-alpine' },
    notes: ['line 2: VERSION cannot give python:3.12-alpine, so it is written out'],
  },
  {
    name: 'an argument that another base needs as it is',
    before: `ARG V=3.9\nFROM other:\${V} AS tools\nFROM python:\${V}-slim\nCOPY --from=tools /t /t\n`,
    changed: { 3: 'FROM python:3.12-slim' },
    notes: ['line 3: V cannot give python:3.12-slim, so it is written out'],
  },
  {
    name: 'arguments that lean on arguments',
    before: `ARG VERSION=3.9\nARG IMAGE=python:\${VERSION}-slim\nFROM \${IMAGE:-python:3.8}\nCOPY . .\n`,
    changed: { 1: 'ARG VERSION=3.12' },
  },
  {
    name: 'several stages on one base, and one on another',
    before:
      'FROM python:3.9-slim AS build\nRUN pip wheel .\n\nFROM node:18 AS page\nRUN npm ci\n\nFROM build AS test\nRUN pytest\n\nFROM docker.io/library/python:3.9-slim\nCOPY --from=build /w /w\nCOPY --from=page /p /p\n',
    changed: { 1: 'FROM python:3.12-slim AS build', 10: 'FROM docker.io/library/python:3.12-slim' },
  },
  {
    name: 'tag and digest, kept in step',
    before: `FROM python:3.9-slim@${OLD} AS base\nCOPY . .\n`,
    changed: { 1: `FROM python:3.12-slim@${NEW} AS base` },
  },
  {
    name: 'a digest alone',
    before: `FROM python@${OLD}\nCOPY . .\n`,
    changed: { 1: `FROM python@${NEW}` },
  },
  {
    name: 'a digest in an argument',
    before: `ARG DIGEST=${OLD}\nFROM python:3.9-slim@\${DIGEST}\nCOPY . .\n`,
    changed: { 1: `ARG DIGEST=${NEW}`, 2: `FROM python:3.12-slim@\${DIGEST}` },
  },
  {
    name: 'a pin that is asked for',
    before: 'FROM python:3.9-slim\nCOPY . .\n',
    pin: true,
    changed: { 1: `FROM python:3.12-slim@${NEW}` },
  },
  {
    name: 'a refresh of a pinned tag',
    before: `FROM python:3.9-slim@${OLD}\nCOPY . .\n`,
    to: 'python:3.9-slim',
    changed: { 1: `FROM python:3.9-slim@${NEW}` },
  },
  {
    name: 'continuations with comments between, and heredocs that look like instructions',
    before:
      '# syntax=docker/dockerfile:1\nFROM --platform=$BUILDPLATFORM python:3.9-slim as build\nRUN apt-get update && \\\n    # FROM python:3.9-slim is a comment\n    apt-get install -y \\\n\n      gcc\nRUN <<EOF\nFROM python:3.9-slim\nEOF\nCOPY <<X /x\nFROM python:3.9-slim\nX\n',
    changed: { 2: 'FROM --platform=$BUILDPLATFORM python:3.12-slim as build' },
  },
  {
    name: 'another escape character, Windows line ends, lower case, no end of line at the end',
    before: '# escape=`\r\nfrom python:3.9-slim\r\nrun dir `\r\n  /b\r\ncmd ["python"]',
    changed: { 2: 'from python:3.12-slim\r' },
  },
  {
    name: 'a registry with a port, and another repository',
    before: 'FROM registry.local:5000/base/python:3.9-slim AS a\nONBUILD RUN true\n',
    from: 'registry.local:5000/base/python:3.9-slim',
    to: 'registry.local:5000/base/hardened:1',
    changed: { 1: 'FROM registry.local:5000/base/hardened:1 AS a' },
  },
  {
    name: 'no tag',
    before: 'FROM alpine\nRUN true\n',
    from: 'alpine:latest',
    to: 'alpine:3.20',
    changed: { 1: 'FROM alpine:3.20' },
  },
];

/** The text after the change. */
export function expectedOf({ before, changed }: DockerfileCase): string {
  return before
    .split('\n')
    .map((line, position) => changed[position + 1] ?? line)
    .join('\n');
}
