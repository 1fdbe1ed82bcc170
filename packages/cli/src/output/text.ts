/** Text from an image or feed for a terminal: neither control characters nor marks that turn the line around reach it. */
export function printable(text: string): string {
  return text.replace(/[\n\t]/g, ' ').replace(/[\p{Cc}\p{Cf}]/gu, '\ufffd');
}

/** Cut to a width, with an ellipsis. */
export function clip(text: string, width: number): string {
  const safe = printable(text);
  return safe.length <= width ? safe : `${safe.slice(0, Math.max(0, width - 1))}…`;
}

/** `74.8 MB`: decimal units, as registries count. */
export function bytesText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** `3 days ago`, seen from `now`. */
export function ageText(date: string | undefined, now: Date): string {
  const time = Date.parse(date ?? '');
  if (Number.isNaN(time)) return 'age unknown';
  const days = Math.floor((now.getTime() - time) / 86_400_000);
  if (days < 1) return 'today';
  return days === 1 ? '1 day ago' : `${days} days ago`;
}
