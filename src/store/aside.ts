import type { Role } from '../domain/gate.js';
import type { Graph, Operation, Reads, Row } from '../graph/graph.js';

/** Operational notes beside the decisions: they are in no history, no export and no answer. */

/** How far the demo graph is: BEGUN while it is loaded, DONE once it is there, or once somebody decided to go without. */
export type Seeding = 'BEGUN' | 'DONE';

/** The note about the demo graph, null where there is none, and whether anything was ever written by a change. */
export async function seedingOf(graph: Reads): Promise<{ seeding: Seeding | null; written: boolean }> {
  const [row] = await graph.read(
    "/* seedingOf */ MATCH (g:Graph {id: 'graph'}) RETURN g.seeding AS seeding, g.seq AS seq",
  );
  const seeding = row?.seeding === 'BEGUN' || row?.seeding === 'DONE' ? row.seeding : null;
  return { seeding, written: Number(row?.seq ?? 0) > 0 };
}

export async function noteSeeding(graph: Graph, seeding: Seeding): Promise<void> {
  await run(
    graph,
    "/* noteSeeding */ MATCH (g:Graph {id: 'graph'}) SET g.seeding = $seeding RETURN g.seeding AS seeding",
    {
      seeding,
    },
  );
}

/** What a token is good for: everything that its role may, or reading what its role may read. */
export const SCOPES = ['read', 'write'] as const;
export type Scope = (typeof SCOPES)[number];

/** Who may come in, and as whom. All times are milliseconds since 1970-01-01T00:00Z. */
interface Entry {
  /** The name that changes are recorded under. */
  name: string;
  role: Role;
  scope: Scope;
  created: number;
}

/** A personal token without its secret, of which only a hash is kept. */
export interface Token extends Entry {
  id: string;
  /** Null is never. */
  expires: number | null;
  /** When it was last used, to the minute; null is never. */
  used: number | null;
  revoked: number | null;
}

/** Somebody signed in with a browser. */
export interface Session extends Entry {
  expires: number;
}

/** `token` is the id of the personal token that opened the session, null where something else did. */
export type NewSession = Session & { hash: string; token: string | null };

const CREATE_TOKEN = '/* createToken */ MERGE (t:Token {id: $id}) ON CREATE SET t += $props';

/** Keeps a new token under the hash of its secret. */
export async function createToken(graph: Graph, token: Token & { hash: string }): Promise<void> {
  const { id, ...props } = token;
  await run(graph, CREATE_TOKEN, { id, props: given(props) });
}

const TOKENS = '/* tokens */ MATCH (t:Token) RETURN t {.*} AS token ORDER BY t.created, t.id';

/** All tokens that were ever given out, oldest first, revoked ones too. */
export async function tokens(graph: Reads): Promise<Token[]> {
  return (await graph.read(TOKENS)).map(({ token }) => tokenFrom(token as Row));
}

const HAS_TOKENS = '/* hasTokens */ MATCH (t:Token) RETURN t.id AS id LIMIT 1';

/** Whether a token was ever given out. */
export async function hasTokens(graph: Reads): Promise<boolean> {
  return (await graph.read(HAS_TOKENS)).length > 0;
}

const TOKEN_BY_HASH = '/* tokenByHash */ MATCH (t:Token {hash: $hash}) RETURN t {.*} AS token';

/** The token whose secret has this hash, in whatever state it is, or null. */
export async function tokenByHash(graph: Reads, hash: string, operation?: Operation): Promise<Token | null> {
  const [row] = await graph.read(TOKEN_BY_HASH, { hash }, operation);
  return row ? tokenFrom(row.token as Row) : null;
}

const NOTE_USE = '/* noteUse */ MATCH (t:Token {id: $id}) SET t.used = $now';

export async function noteUse(graph: Graph, id: string, now: number): Promise<void> {
  await run(graph, NOTE_USE, { id, now });
}

const REVOKE =
  '/* revokeToken */ MATCH (t:Token {id: $id}) SET t.revoked = coalesce(t.revoked, $now) RETURN t {.*} AS token';
const END_ITS_SESSIONS = '/* endSessionsOf */ MATCH (s:Session {token: $id}) DELETE s';

/** Ends a token and every session that it opened; null where there is none. Revoking twice keeps the first time. */
export function revokeToken(graph: Graph, id: string, now: number): Promise<Token | null> {
  return graph.write(async (transaction) => {
    const [row] = await transaction.run(REVOKE, { id, now });
    await transaction.run(END_ITS_SESSIONS, { id });
    return row ? tokenFrom(row.token as Row) : null;
  });
}

const FORGET_SESSIONS = '/* forgetSessions */ MATCH (s:Session) WHERE s.expires <= $now DELETE s';
const OPEN_SESSION = '/* openSession */ MERGE (s:Session {hash: $hash}) ON CREATE SET s += $props';
/** Writing to the token first makes this wait for whoever revokes it at the same moment. */
const USE_TO_SIGN_IN =
  '/* useToSignIn */ MATCH (t:Token {id: $token}) SET t.used = $now WITH t WHERE t.revoked IS NULL RETURN t.id AS id';

/**
 * Keeps a session under the hash of its secret, and forgets those that are over. False, with nothing kept, where the token that
 * opens it has been revoked.
 */
export function openSession(graph: Graph, { hash, ...props }: NewSession): Promise<boolean> {
  const { token, created: now } = props;
  return graph.write(async (transaction) => {
    await transaction.run(FORGET_SESSIONS, { now });
    if (token !== null && (await transaction.run(USE_TO_SIGN_IN, { token, now })).length === 0) return false;
    await transaction.run(OPEN_SESSION, { hash, props: given(props) });
    return true;
  });
}

const SESSION_BY_HASH = '/* sessionByHash */ MATCH (s:Session {hash: $hash}) RETURN s {.*} AS session';

/** The session whose secret has this hash, be it over or not, or null. */
export async function sessionByHash(graph: Reads, hash: string, operation?: Operation): Promise<Session | null> {
  const [row] = await graph.read(SESSION_BY_HASH, { hash }, operation);
  return row ? sessionFrom(row.session as Row) : null;
}

const END_SESSION = '/* endSession */ MATCH (s:Session {hash: $hash}) DELETE s';

/** Ends a session; nothing happens where it is over already. */
export async function endSession(graph: Graph, hash: string): Promise<void> {
  await run(graph, END_SESSION, { hash });
}

function run(graph: Graph, statement: string, params: Row): Promise<Row[]> {
  return graph.write((transaction) => transaction.run(statement, params));
}

/** Without what is null: a property that isn't there is null in either engine. */
function given(props: Row): Row {
  return Object.fromEntries(Object.entries(props).filter(([, value]) => value !== null));
}

const entryFrom = (row: Row): Entry => ({
  name: String(row.name),
  role: row.role as Role,
  scope: row.scope as Scope,
  created: Number(row.created),
});

const tokenFrom = (row: Row): Token => ({
  id: String(row.id),
  ...entryFrom(row),
  expires: timeOf(row.expires),
  used: timeOf(row.used),
  revoked: timeOf(row.revoked),
});

const sessionFrom = (row: Row): Session => ({ ...entryFrom(row), expires: Number(row.expires) });

function timeOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
