import { readFile } from 'node:fs/promises';
import { createContext, runInContext } from 'node:vm';
import { describe, expect, it } from 'vitest';

interface Element {
  textContent: string;
  hidden: boolean;
  listen: Record<string, (event: object) => Promise<void>>;
}

/** The script of the sign-in page on a page whose server answers by `answers`, at an address with this `search`. */
async function onPage(answers: (path: string) => object, search = '') {
  const parts = new Map<string, Element>();
  const went: string[] = [];
  const part = (name: string) => {
    const listen: Element['listen'] = {};
    const made = {
      ...{ textContent: '', hidden: true, listen, elements: { token: { value: 'a token' } } },
      addEventListener: (type: string, then: Element['listen'][string]) => Object.assign(listen, { [type]: then }),
    };
    parts.set(name, made);
    return made;
  };
  const location = { origin: 'http://here', search, hash: '', replace: (to: string) => went.push(to) };
  const page = { document: { querySelector: part }, addEventListener: () => {}, location, URL, URLSearchParams };
  const script = await readFile(new URL('../../src/http/pages/sign-in.js', import.meta.url), 'utf8');
  runInContext(script, createContext({ ...page, fetch: async (path: string) => answers(path) }));
  const on = async (name: string, type: string) => parts.get(name)?.listen[type]?.({ preventDefault() {} });
  const said = () => parts.get('#said')?.textContent;
  return { signIn: () => on('form', 'submit'), signOut: () => on('#out', 'click'), said, went };
}

const answer = (status: number, body: object) => ({ ok: status < 400, json: async () => body });
const refused = answer(403, { errors: [{ message: 'Not from there.' }] });
const nobody = answer(200, { data: { viewer: { name: null } } });

describe('the sign-in page', () => {
  it('says that one is signed out only where one is', async () => {
    const page = await onPage((path) => (path === '/sign-out' ? refused : nobody));
    const away = await onPage(() => {
      throw new Error('no connection');
    });
    const fine = await onPage(() => nobody);

    await Promise.all([page, away, fine].map(({ signOut }) => signOut()));

    expect([page, away, fine].map(({ said }) => said())).toEqual([
      'Not from there.',
      'The server did not answer.',
      'You are signed out.',
    ]);
  });

  it.each([
    ['', 'http://here/'],
    ['?then=/graphiql', 'http://here/graphiql'],
    ['?then=//evil.example/', '/'],
    ['?then=http://[', '/'],
  ])('leads on from %j to %s', async (search, to) => {
    const page = await onPage(() => nobody, search);

    await page.signIn();
    await new Promise((resolve) => setImmediate(resolve));

    expect(page.went).toEqual([to]);
  });
});
