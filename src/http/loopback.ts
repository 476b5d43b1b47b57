import { isIPv4 } from 'node:net';

/** Whether a host name or address, as in HOST or without the port in the header `host`, means this machine only. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  return name === 'localhost' || name === '::1' || (isIPv4(name) && name.startsWith('127.'));
}

/** A header `host` without its port. */
export function withoutPort(host: string): string {
  return host.replace(/:\d*$/, '');
}
