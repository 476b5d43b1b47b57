import 'reflect-metadata';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  connect,
  decodeCursor,
  encodeCursor,
  type PageArgs,
  pageSize,
  sortText,
} from '../../src/graphql/connection.js';

const BY_NAME = sortText('NAME');
const BY_START = { name: 'START_DESC', cursor: z.strictObject({ start: z.int(), id: z.string() }) };
const refusedAs = (rule: string) =>
  expect.objectContaining({ code: 'INVALID_INPUT', details: expect.objectContaining({ rule }) });

describe('A cursor', () => {
  test('says again what it was made from', () => {
    fc.assert(
      fc.property(fc.integer(), fc.string(), (start, id) => {
        expect(decodeCursor(BY_START, encodeCursor(BY_START, { start, id }))).toEqual({ start, id });
      }),
    );
  });

  test('of another order is refused', () => {
    const cursor = encodeCursor(BY_NAME, { sort: 'ann|per_1' });

    expect(() => decodeCursor(sortText('DAY'), cursor)).toThrow(refusedAs('CURSOR'));
  });

  test.each([
    ['no base64', '***'],
    ['no JSON', Buffer.from('nonsense').toString('base64url')],
    ['another shape', Buffer.from('["NAME",{"sort":7}]').toString('base64url')],
    ['more than its shape', Buffer.from('["NAME",{"sort":"a","also":1}]').toString('base64url')],
    ['another spelling of itself', Buffer.from('["NAME", {"sort":"a"}]').toString('base64url')],
    ['an empty text', ''],
    ['a very long text', 'a'.repeat(5000)],
  ])('that is %s is refused', (_what, text) => {
    expect(() => decodeCursor(BY_NAME, text)).toThrow(refusedAs('CURSOR'));
  });
});

test('A page holds 1 to 100, and 20 where nothing else is said', () => {
  expect([pageSize(undefined), pageSize(null), pageSize(1), pageSize(100)]).toEqual([20, 20, 1, 100]);
  for (const first of [0, -1, 101, 2 ** 31 - 1]) expect(() => pageSize(first)).toThrow(refusedAs('PAGE_SIZE'));
});

describe('A connection', () => {
  test('pages through a list without repeating or losing anything', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.string({ minLength: 1 })),
        fc.integer({ min: 1, max: 5 }),
        async (texts, first) => {
          const list = [...texts].sort();
          const seen: string[] = [];
          let after: string | null = null;
          do {
            const page = listed(list, { first, after });
            seen.push(...(await page.nodes()));
            const { hasNextPage, endCursor } = await page.pageInfo();
            after = hasNextPage ? endCursor : null;
          } while (after !== null);

          expect(seen).toEqual(list);
        },
      ),
    );
  });

  test('says that nothing follows a page that holds the rest', async () => {
    expect(await listed(['a', 'b'], { first: 2 }).pageInfo()).toMatchObject({ hasNextPage: false });
    expect(await listed(['a', 'b'], { first: 1 }).pageInfo()).toMatchObject({ hasNextPage: true });
  });

  test('goes on after an entry that it drops', async () => {
    const page = listed(['a', 'b', 'c'], { first: 2 }, (text) => text !== 'b');

    expect(await page.nodes()).toEqual(['a']);
    expect(await page.pageInfo()).toMatchObject({ hasNextPage: true, endCursor: encodeCursor(BY_NAME, { sort: 'b' }) });
  });

  test('reads its page once, and nothing that is not asked for', async () => {
    const calls: string[] = [];
    const page = connect({
      sort: BY_NAME,
      args: {},
      read: async () => {
        calls.push('read');
        return [];
      },
      cursorOf: () => ({ sort: '' }),
      shape: () => null,
      count: async () => calls.push('count'),
    });

    await page.totalCount();
    expect(calls).toEqual(['count']);
    await Promise.all([page.edges(), page.nodes(), page.pageInfo()]);
    expect(calls).toEqual(['count', 'read']);
  });

  test('refuses its arguments before it reads', () => {
    expect(() => listed([], { first: 0 })).toThrow(refusedAs('PAGE_SIZE'));
    expect(() => listed([], { after: 'forged' })).toThrow(refusedAs('CURSOR'));
  });
});

function listed(list: readonly string[], args: PageArgs, keeps: (text: string) => boolean = () => true) {
  return connect<string, { sort: string }, { cursor: string; node: string }>({
    sort: BY_NAME,
    args,
    read: async ({ first, after }) => list.filter((text) => after === null || text > after.sort).slice(0, first),
    cursorOf: (sort) => ({ sort }),
    shape: (node) => (keeps(node) ? { node } : null),
    count: async () => list.length,
  });
}
