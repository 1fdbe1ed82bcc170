import type { Report } from '@plimsoll/model';

/** One way of writing a report down. Pure and deterministic. */
export interface Format {
  readonly id: string;
  readonly title: string;
  readonly mediaType: string;
  readonly extension: string;
  /** Pieces of text, in order. `version` is the program's, for the document's tool field. */
  encode(report: Report, version: string): Iterable<string>;
}
