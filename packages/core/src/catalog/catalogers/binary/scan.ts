import { baseName } from '../../../util/path.ts';
import { mayBeProgram, programKind } from '../../shared/program.ts';
import { createSearch } from '../../shared/search.ts';
import type { CandidateFile, FileScan, Finding } from '../../types.ts';
import { type Classifier, classifiers } from './classifiers.data.ts';

/** Bytes of text around a find: what {@link Classifier.pattern} is held against. */
const AROUND = { before: 32, after: 160 };

/** Whether a file is looked into: one that a classifier knows, or any program. */
export function claims(path: string, file: CandidateFile): boolean {
  return mayBeProgram(path, file) || classifiersOf(path).length > 0;
}

/** Looks for the version of a program, or says that it is a program and no more. */
export function scanBinary(file: CandidateFile): FileScan {
  const digits = /\d\.\d{1,2}/.exec(baseName(file.path))?.[0];
  const fitting = classifiersOf(file.path).filter(({ near }) => digits !== undefined || !near.includes('$'));
  const needles = fitting.map(({ near }) => Buffer.from(near.replace('$', digits ?? ''), 'latin1'));
  const versions = new Map<Classifier, string>();
  const search = createSearch(needles, AROUND, (index, around) => {
    const classifier = fitting[index];
    if (!classifier || versions.has(classifier)) return;
    const version = classifier.pattern.exec(around.toString('latin1'))?.[1];
    if (version !== undefined) versions.set(classifier, version);
  });
  const head: number[] = [];

  return {
    push(chunk) {
      for (let at = 0; head.length < 4 && at < chunk.length; at += 1) head.push(chunk[at] as number);
      if (fitting.length === 0) return head.length < 4;
      search.push(chunk);
      return versions.size < fitting.length;
    },
    *end(): Iterable<Finding> {
      if (fitting.length > 0) search.end();
      for (const [{ name, type = 'generic' }, version] of versions) {
        yield { kind: 'package', draft: { type, name, version, licenses: [] } };
      }
      const isProgram = mayBeProgram(file.path, file) && programKind(Uint8Array.from(head)) !== undefined;
      if (versions.size === 0 && isProgram) yield { kind: 'program' };
    },
  };
}

const exact = new Map<string, Classifier[]>();
const beginnings: { readonly text: string; readonly classifier: Classifier }[] = [];
const ends: { readonly text: string; readonly classifier: Classifier }[] = [];
for (const classifier of classifiers) {
  for (const text of classifier.files) {
    if (text.includes('/')) ends.push({ text, classifier });
    else if (text.endsWith('*')) beginnings.push({ text: text.slice(0, -1), classifier });
    else exact.set(text, [...(exact.get(text) ?? []), classifier]);
  }
}

function classifiersOf(path: string): readonly Classifier[] {
  const name = baseName(path);
  const found = new Set(exact.get(name));
  for (const { text, classifier } of beginnings) if (name.startsWith(text)) found.add(classifier);
  for (const { text, classifier } of ends) if (path.endsWith(text)) found.add(classifier);
  return [...found];
}
