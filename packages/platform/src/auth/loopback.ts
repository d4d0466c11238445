const loopbackName =
  /^(?:localhost|(?:[a-z0-9-]+\.)+localhost|127(?:\.\d{1,3}){3}|\[?::1\]?|\[?::ffff:127(?:\.\d{1,3}){3}\]?)$/i;

/** True for names and addresses that only this machine can reach. */
export function isLoopback(host: string): boolean {
  return loopbackName.test(host);
}

/** A `Host` header without its port. */
export function withoutPort(host: string): string {
  return host.replace(/:\d+$/, '');
}
