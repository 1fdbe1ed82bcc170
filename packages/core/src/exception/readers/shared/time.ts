/** A time as documents write it, in milliseconds since 1970; 0 where it is none. */
export function timeOf(text: string | null | undefined): number {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? 0 : time;
}
