/** Scheme, host and port: what credentials belong to. */
export function originOf(address: string): string {
  return new URL(address).origin;
}

/** Whether a host (with or without port) is this machine by its loopback addresses. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/:\d+$/, '').replace(/\.$/, '').toLowerCase();
  return name === 'localhost' || name === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(name);
}

/**
 * Whether a registry may send us to an address: over https, or over plain http from one loopback address to another. A registry elsewhere
 * has no business with what listens on this machine, nor with what answers on this machine's own link (the metadata of clouds).
 */
export function mayAsk(address: URL, registryOrigin: string): boolean {
  if (address.username !== '' || address.password !== '') return false;
  const near = isLoopback(new URL(registryOrigin).host);
  if (isLoopback(address.host)) return near && (address.protocol === 'https:' || address.protocol === 'http:');
  return address.protocol === 'https:' && !isOfThisMachine(address.hostname);
}

/** Other spellings of this machine and its link. `URL` has written numbers as dotted ones, and IPv6 in its shortest form. */
function isOfThisMachine(hostname: string): boolean {
  const name = hostname.replace(/\.$/, '').toLowerCase();
  if (name.endsWith('.localhost') || /^(?:0|127|169\.254)\./.test(name)) return true;
  const [, six] = /^\[(.*)\]$/.exec(name) ?? [];
  if (six === undefined) return false;
  const mapped = /^(?:64:ff9b::|::ffff:(?:0:)?|::)([0-9a-f]{1,4}):[0-9a-f]{1,4}$/.exec(six)?.[1];
  const first = Number.parseInt(mapped ?? 'ffff', 16);
  return six === '::' || six === '::1' || /^fe[89ab]/.test(six) || first >>> 8 === 127 || first >>> 8 === 0 || first === 0xa9fe;
}
