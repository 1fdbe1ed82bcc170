import { describe, expect, it } from 'vitest';
import { base } from '../../shared/base.fixture.ts';
import { lts } from './index.ts';

const judge = (repository: string, candidate: string, current: string) =>
  lts.judge(base({ tag: candidate, repository }), base({ tag: current, repository }), new Date(0)).map(({ kind }) => kind);

describe('lts', () => {
  it.each([
    ['node', '23-slim', '22-slim'],
    ['ubuntu', '25.10', '24.04'],
    ['ubuntu', 'questing', 'noble'],
    ['ubuntu', '24.10', '24.04'],
    ['eclipse-temurin', '23-jre', '21-jre'],
    ['mcr.microsoft.com/dotnet/aspnet', '9.0', '8.0'],
  ])('warns on %s from an LTS: %s for %s', (repository, candidate, current) => {
    expect(judge(repository, candidate, current)).toEqual(['disadvantage']);
  });

  it.each([
    ['node', '24-slim', '23-slim', ['benefit']],
    ['node', '24-slim', '22-slim', []],
    ['ubuntu', 'latest', '24.04', []],
    ['python', '3.13-slim', '3.12-slim', []],
  ])('%s: %s for %s', (repository, candidate, current, kinds) => {
    expect(judge(repository, candidate, current)).toEqual(kinds);
  });
});
