import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { actorName } from '../domain/actor.js';
import { ROLES } from '../domain/gate.js';
import { hashOf, SECRET_BYTES, secretOf, tokenOf } from '../domain/token.js';
import { AppError, invalid } from '../errors.js';
import { exitWith } from '../exit.js';
import { createToken, revokeToken, SCOPES, type Token, tokens } from '../store/aside.js';
import { onGraph, type Tools } from './graph-command.js';

/**
 * `npm run token -- create --name NAME --role ROLE [--scope read] [--expires 90d]`, `list`, `revoke ID`. A new token is the only thing
 * on standard output, once; what is said about it goes to standard error, so that it can be piped to where it is kept.
 */
const options = {
  name: { type: 'string' },
  role: { type: 'string' },
  scope: { type: 'string', default: 'write' },
  expires: { type: 'string', default: '90d' },
} as const;

const UNITS = { h: 3_600_000, d: 86_400_000 };
const ID_LENGTH = 12;
const LONGEST_DAYS = 3_650;

const wanted = z.object({
  name: actorName('says whose token it is: --name NAME'),
  role: z.enum(ROLES, `must be one of ${ROLES.join(', ')}`),
  scope: z.enum(SCOPES, `must be one of ${SCOPES.join(', ')}`),
  expires: z.string().transform((text, context) => {
    const [, number, unit] = /^(\d{1,6})([hd])$/.exec(text) ?? [];
    const ms = Number(number) * UNITS[unit as keyof typeof UNITS];
    if (text === 'never') return null;
    if (ms > 0 && ms <= LONGEST_DAYS * UNITS.d) return ms;
    context.addIssue(`must be like 90d or 12h, ${LONGEST_DAYS}d at most, or never`);
    return z.NEVER;
  }),
});

async function create({ graph, now }: Tools, given: object): Promise<number> {
  const { data, error } = wanted.safeParse(given);
  if (!data) {
    const [issue] = error.issues;
    throw invalid(String(issue?.path[0]), 'ARGUMENT', `--${issue?.path.join('.')} ${issue?.message}.`);
  }
  const { expires: lifetime, ...entry } = data;
  const secret = tokenOf(randomBytes(SECRET_BYTES));
  const id = `tok_${secretOf(randomBytes(SECRET_BYTES)).slice(-ID_LENGTH)}`;
  const created = now();
  const expires = lifetime === null ? null : created + lifetime;
  const token: Token = { id, ...entry, created, expires, used: null, revoked: null };
  await createToken(graph, { ...token, hash: hashOf(secret) });
  console.error(`Keep this token now: only its hash is stored, and it is never shown again. ${lineOf(token, created)}`);
  console.log(secret);
  return 0;
}

async function list({ graph, now }: Tools): Promise<number> {
  const all = await tokens(graph);
  for (const token of all) console.log(lineOf(token, now()));
  if (all.length === 0) console.log('No token was ever given out.');
  return 0;
}

async function revoke({ graph, now }: Tools, id: string): Promise<number> {
  const token = await revokeToken(graph, id, now());
  if (token === null) throw new AppError('NOT_FOUND', `No token has the id ${id}: npm run token -- list.`);
  console.log(lineOf(token, now()));
  return 0;
}

/** One token on one line: id, role, scope, name, and what there is to say about its time. */
function lineOf({ id, name, role, scope, created, expires, used, revoked }: Token, now: number): string {
  const end = expires === null ? 'never expires' : `${expires <= now ? 'expired' : 'expires'} ${dayOf(expires)}`;
  const times = [
    `created ${dayOf(created)}`,
    revoked === null ? end : `revoked ${dayOf(revoked)}`,
    used === null ? 'never used' : `last used ${new Date(used).toISOString().slice(0, 16)}Z`,
  ];
  return `${id}  ${role}  ${scope}  ${JSON.stringify(name)}  ${times.join(', ')}`;
}

const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);

function command(): (tools: Tools) => Promise<number> {
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const [verb, id, ...more] = positionals;
    if (verb === 'create' && id === undefined) return (tools) => create(tools, values);
    if (verb === 'list' && id === undefined) return list;
    if (verb === 'revoke' && id !== undefined && more.length === 0) return (tools) => revoke(tools, id);
    throw new AppError('INVALID_INPUT', 'Say create --name NAME --role ROLE, list, or revoke ID.', {
      rule: 'ARGUMENT',
    });
  } catch (error) {
    return exitWith(error);
  }
}

await onGraph(command());
