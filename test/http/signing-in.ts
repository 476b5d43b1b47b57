import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { hashOf, SECRET_BYTES, tokenOf } from '../../src/domain/token.js';
import type { Graph } from '../../src/graph/graph.js';
import { createToken, type Token } from '../../src/store/aside.js';
import { post } from './serving.js';

type Headers = Record<string, string>;

/** The names of the statements about tokens and sessions that are read from now on; a server reads others by itself. */
export function readsAboutWho(graph: Graph): string[] {
  const names: string[] = [];
  const read = graph.read.bind(graph);
  graph.read = (statement, ...rest) => {
    const name = /^\/\* (\w+)/.exec(statement)?.[1] ?? '';
    if (/token|session/i.test(name)) names.push(name);
    return read(statement, ...rest);
  };
  return names;
}

/** What a browser adds where a page of the server itself asks. */
export const OUR_PAGE: Headers = { 'sec-fetch-site': 'same-origin' };
/** What it adds where the page is of somebody else, as `evil.example`. */
export const ANOTHER_PAGE: Headers = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };

let made = 0;

/** A token of an editor, unless said otherwise, in the graph. */
export async function aToken(graph: Graph, more: Partial<Token> = {}): Promise<{ id: string; token: string }> {
  made += 1;
  const id = `tok_${made}`;
  const token = tokenOf(randomBytes(SECRET_BYTES));
  const kept = { id, name: 'Ann', role: 'EDITOR', scope: 'write', expires: null, used: null, revoked: null } as const;
  await createToken(graph, { ...kept, created: 1, ...more, hash: hashOf(token) });
  return { id, token };
}

export const bearer = (token: string): Headers => ({ authorization: `Bearer ${token}` });

/** Posts JSON to a path, as a page of ours does unless other headers are given. */
export function send(url: string, path: string, body: unknown, headers: Headers = OUR_PAGE): Promise<Response> {
  const json = { 'content-type': 'application/json' };
  return fetch(url + path, { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify(body) });
}

export const signIn = (url: string, body: unknown, headers?: Headers): Promise<Response> =>
  send(url, '/sign-in', body, headers);

/** The cookie that an answer sets, as a browser would send it back with what it asks from a page of ours. */
export const cookieIn = (answer: Response): Headers => ({
  ...OUR_PAGE,
  cookie: String(answer.headers.get('set-cookie')).split(';')[0] ?? '',
});

/** Signs in and answers the headers of whoever is signed in. */
export async function signedIn(url: string, token: string): Promise<Headers> {
  return cookieIn(await signIn(url, { token }));
}

interface Said {
  data?: Record<string, Record<string, unknown> | null>;
  errors?: { message: string; extensions: Record<string, unknown> }[];
}

/** What a refused request is told: its status, code, rule and message. */
export async function refusalIn(answer: Response) {
  const { errors } = (await answer.json()) as Said;
  const { code, rule } = errors?.[0]?.extensions ?? {};
  return { status: answer.status, code, rule, message: errors?.[0]?.message ?? '' };
}

/** Who the server takes the sender of these headers for, or the rule by which it refuses them. */
export async function whoIs(url: string, headers: Headers): Promise<unknown> {
  const answer = await post(url, JSON.stringify({ query: '{ viewer { name role } }' }), headers);
  if (!answer.ok) return (await refusalIn(answer)).rule;
  const { data } = (await answer.json()) as Said;
  return Object.values(data?.viewer ?? {}).join(' ');
}

/** Posts as a server under another name is asked, which `fetch` can't: answers `set-cookie`. */
export async function setCookieAt(url: string, host: string, body: unknown): Promise<string> {
  const headers = { host, 'content-type': 'application/json', ...OUR_PAGE };
  const asking = request(`${url}/sign-in`, { method: 'POST', headers });
  asking.end(JSON.stringify(body));
  const [answer] = await once(asking, 'response');
  answer.resume();
  return String(answer.headers['set-cookie']);
}
