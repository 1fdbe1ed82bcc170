/** Scheme, host and port: what credentials belong to. */
export function originOf(address: string): string {
  return new URL(address).origin;
}

/** Whether a host (with or without port) is this machine by its loopback addresses. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/:\d+$/, '');
  return name === 'localhost' || name === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(name);
}

/**
 * Whether a registry may send us to an address: over https, or over plain http from one loopback address to another. A registry elsewhere
 * has no business with what listens on this machine.
 */
export function mayAsk(address: URL, registryOrigin: string): boolean {
  const near = isLoopback(new URL(registryOrigin).host);
  if (isLoopback(address.host)) return near && (address.protocol === 'https:' || address.protocol === 'http:');
  return address.protocol === 'https:';
}
