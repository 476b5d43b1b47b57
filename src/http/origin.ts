import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a page of this server sent a request. Browsers say so in `sec-fetch-site` where they talk over TLS or to this machine,
 * and elsewhere in `origin`, which is compared with the host that was asked; other clients say nothing. No page can forge either.
 */
export function pageOf({ 'sec-fetch-site': site, origin, host }: IncomingHttpHeaders): 'OURS' | 'ANOTHER' | 'UNSAID' {
  if (site !== undefined) return site === 'same-origin' ? 'OURS' : 'ANOTHER';
  if (origin === undefined) return 'UNSAID';
  return URL.canParse(origin) && new URL(origin).host === host?.toLowerCase() ? 'OURS' : 'ANOTHER';
}
