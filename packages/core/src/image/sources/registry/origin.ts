/** Scheme, host and port: what credentials belong to. */
export function originOf(address: string): string {
  return new URL(address).origin;
}

/** Whether a host (with or without port) is this machine by its loopback addresses. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/:\d+$/, '');
  return name === 'localhost' || name === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(name);
}
