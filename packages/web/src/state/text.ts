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

/** `41 days ago`, `just now`; undefined where the date cannot be read. */
export function agoText(date: string | undefined, now: number = Date.now()): string | undefined {
  const age = ageOf(date, now);
  if (age === undefined) return undefined;
  return age === '0 minutes' ? 'just now' : `${age} ago`;
}

/** `41 days`, `3 months`; undefined where the date cannot be read. */
export function ageOf(date: string | undefined, now: number = Date.now()): string | undefined {
  const time = Date.parse(date ?? '');
  if (Number.isNaN(time)) return undefined;
  const minutes = Math.max(0, Math.floor((now - time) / 60_000));
  if (minutes < 60) return countText(minutes, 'minute');
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return countText(hours, 'hour');
  const days = Math.floor(hours / 24);
  if (days < 90) return countText(days, 'day');
  return days < 730 ? countText(Math.floor(days / 30.44), 'month') : countText(Math.floor(days / 365.25), 'year');
}

/** `22 Nov 2026`. */
export function dateText(date: string | undefined): string {
  const time = Date.parse(date ?? '');
  if (Number.isNaN(time)) return 'unknown';
  return new Date(time).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
}

/** `1 package`, `3 packages`. */
export function countText(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}

/** `layer 3`, `layers 2–7`, `layers 2, 5, 9`. */
export function layersText(layers: readonly number[]): string {
  const [first] = layers;
  if (first === undefined) return 'no layers';
  if (layers.length === 1) return `layer ${first}`;
  const last = layers.at(-1) as number;
  return last - first === layers.length - 1 ? `layers ${first}–${last}` : `layers ${layers.join(', ')}`;
}
