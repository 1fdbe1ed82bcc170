import { programKind } from '../../shared/program.ts';
import type { FileScan, Finding } from '../../types.ts';
import { parseModules } from './modules.ts';

/** Stands before the build information: https://go.dev/src/debug/buildinfo/buildinfo.go */
const MAGIC = Buffer.from('\xff Go buildinf:', 'latin1');
/** Bytes of its header; strings follow. */
const HEADER = 32;
/** It begins at a multiple of this. */
const ALIGN = 16;
/** The strings are written out (Go 1.18 and later), not pointed to. */
const INLINE = 2;
/** Stand around the list of modules wherever it is. */
const MODULES_START = Buffer.from('3077af0c9274080241e1c107e6d618e6', 'hex');
const MODULES_END = Buffer.from('f932433186182072008242104116d8f2', 'hex');
/** The longest lists met are some 100 KB. */
const MAX_INFO = 4 * 1024 * 1024;

/** Build information: what `go version -m` prints. */
interface BuildInfo {
  /** `go1.21.3`; empty where only the modules could be found. */
  readonly goVersion: string;
  readonly modules: string;
}

/**
 * Looks for the build information of a Go program. Programs of Go 1.18 and later have it in one place; of older ones, whose header holds
 * addresses in memory, the list of modules is found by what stands around it, and the version of Go is not.
 */
export function scanProgram(): FileScan {
  let isProgram: boolean | undefined;
  let position = 0; // of the next piece in the file
  let rest: Buffer = Buffer.alloc(0); // end of the piece before: a needle may begin there
  let held: { readonly needle: 'header' | 'modules'; readonly pieces: Buffer[]; bytes: number } | undefined;
  let info: BuildInfo | undefined;
  let bare: string | undefined;

  return {
    push(chunk) {
      const piece = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
      if (isProgram === undefined) {
        if (position + piece.length >= 4) isProgram = programKind(rest.length > 0 ? Buffer.concat([rest, piece]) : piece) !== undefined;
        if (isProgram === false) return false;
      }
      if (held) hold(piece);
      else look(piece);
      return info === undefined;
    },
    *end(): Iterable<Finding> {
      if (held) finish(Buffer.concat(held.pieces), true);
      if (info) yield* parseModules(info.modules, info.goVersion);
      else if (bare !== undefined) yield* parseModules(bare, '');
    },
  };

  function look(piece: Buffer): void {
    const all = rest.length > 0 ? Buffer.concat([rest, piece]) : piece;
    const start = position - rest.length;
    position += piece.length;
    const header = findAligned(all, start);
    const modules = bare === undefined ? all.indexOf(MODULES_START) : -1;
    if (header !== -1 && (modules === -1 || header < modules)) begin('header', all, header);
    else if (modules !== -1) begin('modules', all, modules);
    else rest = Buffer.from(all.subarray(Math.max(0, all.length - MAGIC.length - 1)));
  }

  function begin(needle: 'header' | 'modules', all: Buffer, at: number): void {
    held = { needle, pieces: [], bytes: 0 };
    rest = Buffer.alloc(0);
    position -= all.length - at;
    hold(all.subarray(at));
  }

  /** Collects what follows a needle until it is complete. */
  function hold(piece: Buffer): void {
    if (!held) return;
    position += piece.length;
    held.pieces.push(Buffer.from(piece));
    held.bytes += piece.length;
    finish(Buffer.concat(held.pieces), held.bytes > MAX_INFO);
    if (held) held = { ...held, pieces: [Buffer.concat(held.pieces)] };
  }

  /** Reads what is held; where it is not what it looked like, the search goes on behind its first byte. */
  function finish(bytes: Buffer, isLast: boolean): void {
    const needle = held?.needle;
    if (needle === 'header') {
      const found = readInfo(bytes);
      if (found === 'more' && !isLast) return;
      if (found && found !== 'more') info = found;
    } else {
      const end = bytes.indexOf(MODULES_END);
      if (end === -1 && !isLast) return;
      if (end !== -1) bare = bytes.toString('utf8', MODULES_START.length, end);
    }
    held = undefined;
    position -= bytes.length - 1;
    rest = Buffer.alloc(0);
    if (!isLast && info === undefined) look(bytes.subarray(1));
  }
}

function findAligned(bytes: Buffer, start: number): number {
  let at = bytes.indexOf(MAGIC);
  while (at !== -1 && (start + at) % ALIGN !== 0) at = bytes.indexOf(MAGIC, at + 1);
  return at;
}

/** The two strings behind a header; `more` where they go on behind `bytes`, undefined where it is no such header. */
function readInfo(bytes: Buffer): BuildInfo | 'more' | undefined {
  if (bytes.length < HEADER + 2) return 'more';
  if (((bytes[MAGIC.length + 1] ?? 0) & INLINE) === 0) return undefined;
  const version = readString(bytes, HEADER);
  if (version === 'more' || version === undefined) return version;
  if (!/^(?:go|devel)/.test(version.text)) return undefined;
  const modules = readString(bytes, version.end);
  if (modules === 'more' || modules === undefined) return modules;
  const raw = bytes.subarray(modules.end - modules.length, modules.end);
  const isWrapped = raw.length >= 2 * MODULES_START.length;
  return { goVersion: version.text, modules: isWrapped ? raw.toString('utf8', MODULES_START.length, raw.length - MODULES_END.length) : '' };
}

function readString(
  bytes: Buffer,
  offset: number,
): { readonly text: string; readonly length: number; readonly end: number } | 'more' | undefined {
  let length = 0;
  for (let shift = 0, at = offset; shift <= 21; shift += 7, at += 1) {
    const byte = bytes[at];
    if (byte === undefined) return 'more';
    length |= (byte & 0x7f) << shift;
    if (byte & 0x80) continue;
    if (length > MAX_INFO) return undefined;
    const end = at + 1 + length;
    return end > bytes.length ? 'more' : { text: bytes.toString('utf8', at + 1, Math.min(end, at + 201)), length, end };
  }
  return undefined;
}
