import helmet from '@fastify/helmet';
import type { FastifyInstance, FastifyReply } from 'fastify';

type Directives = Record<string, string[]>;

/** Everything comes from this server: no inline script, nobody else's files, and nobody frames our pages. */
const OWN_FILES: Directives = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'"],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
};

/** GraphiQL's editor writes its style sheets into the page, draws icons from data addresses, and parses in workers. */
const EXPLORER: Directives = {
  ...OWN_FILES,
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'", 'data:'],
  'worker-src': ["'self'"],
};

const policy = (directives: Directives) =>
  Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ');

export const EXPLORER_POLICY = policy(EXPLORER);

/** Security headers on every answer. TLS is ended in front of this server, so it promises none. */
export async function secure(app: FastifyInstance): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: OWN_FILES },
    strictTransportSecurity: false,
    xFrameOptions: { action: 'deny' },
  });
}

export function allowExplorer(reply: FastifyReply): void {
  reply.header('content-security-policy', EXPLORER_POLICY);
}
