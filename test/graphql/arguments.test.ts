import { isEnumType } from 'graphql';
import { describe, expect, test } from 'vitest';
import { contradictionId } from '../../src/domain/ids.js';
import { ERROR_CODES } from '../../src/errors.js';
import type { Graph } from '../../src/graph/graph.js';
import { createSchema } from '../../src/graphql/schema.js';
import { enginesHere } from '../support/engines.js';
import { Telling } from '../support/telling.js';
import { type Asked, askedBy, askedFields, askedIn, type Known, planted } from './arguments.js';
import { ask } from './asking.js';

const schema = createSchema();
/** Those of GraphQL itself too: of what it refuses before a field is asked. */
const CODES: readonly unknown[] = [...ERROR_CODES, 'BAD_USER_INPUT'];
/** What may be given in the place of an `id`. */
const OTHER_KEYS = ['url', 'externalId'];
const TEXTS = ['', 'x\ud800', '\0', 'x'.repeat(100_000), '-1', 'NaN', '__proto__', '[..', '9'.repeat(400)];
const HOSTILE: Record<string, readonly unknown[]> = {
  String: TEXTS,
  ID: [...TEXTS, 'per_', 'chg_', 'con_'],
  EDTF: [...TEXTS, '0000-00-00', '2014/2012', '-9999/9999', '99999'],
  DateTime: [...TEXTS, '9999-12-31T23:59:59.999999999999Z', '0000-01-01T00:00:00Z', '2026-02-30T00:00:00Z'],
  Int: [0, -1, 2 ** 31 - 1, -(2 ** 31), 2 ** 31, Number.NaN, 1.5, '1'],
  Boolean: [null, 'true'],
};

/** Something of every type. */
async function aWorld(graph: Graph): Promise<Known> {
  const story = new Telling(graph);
  const [ann, bo, cy] = [story.person('Ann'), story.person('Bo'), story.person('Cy')];
  const article = story.article('Ann and Bo', { kind: 'RECORD' });
  const marriage = story.marriage(ann, bo, { start: '2001', end: '2010' });
  const end = (edtf: string) => story.claim(marriage, 'END', { date: { edtf } }, { evidence: 'RECORD' });
  const contradiction = contradictionId([end('2011'), end('2012')]);
  story.marriage(ann, cy, { start: '2014' });
  const both = [ann, bo].map((person) => ({ person, role: 'PARTY' as const }));
  const claim = story.claim(ann, 'NAME', { text: 'Anna' }, { verdict: 'PROPOSED' });
  const citation = story.cite(claim, { quoted: { quote: 'Anna', from: null } });
  const ids = {
    ...{ Person: ann, Relationship: story.relationship('ROMANTIC', ann, bo), Period: marriage, Article: article },
    ...{ Event: story.event('WEDDING', both, '2001'), Claim: claim, Citation: citation, Contradiction: contradiction },
    Change: String((await story.tell())?.id),
  };
  // In the way of undoing that.
  story.edit('Person', ann, { description: 'A singer' });
  await story.tell();
  const people = { a: ann, b: bo, person: ann, from: ann, to: bo, keep: cy, around: [ann] };
  return { ids, given: { ...people, ids: [ann], change: ids.Change, text: 'ann', first: 3 } };
}

/** Cursors as nobody has got one: each text of a true one is another, and each number. */
function forged(cursor: string): string[] {
  const [name, place] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [string, Record<string, unknown>];
  const other = (text: string, number: number) => {
    const parts = Object.entries(place).map(([key, part]) => [
      key,
      { string: text, number }[typeof part as 'string'] ?? part,
    ]);
    return Buffer.from(JSON.stringify([name, Object.fromEntries(parts)])).toString('base64url');
  };
  return [other('\ud800', 2 ** 53 - 1), other('\0', -(2 ** 53) + 1), other('~'.repeat(300), 1e9), other('1', 1e300)];
}

/** Whether a refusal speaks of an argument as the client wrote it: the path where it planted something, what that is in, or another's. */
function isWritten({ field }: Asked, told: unknown, path: string): boolean {
  const argumentOf = (place: string) => place.split(/[.[]/)[0];
  const argument = argumentOf(String(told));
  if (argument === argumentOf(path)) return path.startsWith(String(told));
  return field.args.some(({ name }) => name === argument);
}

describe.each(enginesHere({ neo4j: false }))('whatever a question is asked with on $name', ({ fresh }) => {
  test('is answered, or refused by a code and the argument at fault, and fails nowhere inside', async () => {
    const graph = await fresh();
    const known = await aWorld(graph);
    const fields = askedFields(schema, known);
    const ids = Object.values(known.ids);
    const asked = (of: Asked, given: Record<string, unknown>) => {
      const base = OTHER_KEYS.some((key) => key in given) ? {} : of.base;
      return ask(graph, askedBy(of), { role: 'ADMIN', variables: { ...base, ...given } });
    };

    const cursors = new Map<string, string>();
    for (const of of fields) {
      const { data, errors } = await asked(of, {});
      expect([of.name, errors]).toEqual([of.name, []]);
      const found = askedIn(data) as { pageInfo?: { endCursor: string | null } } | null | undefined;
      expect(found, `Nothing leads to ${of.name}: the world lacks something`).toBeDefined();
      if (found?.pageInfo?.endCursor) cursors.set(of.name, found.pageInfo.endCursor);
    }

    const seedsFor = (of: Asked, argument: string, named: string): readonly unknown[] => {
      const cursor = cursors.get(of.name);
      if (argument === 'after' && cursor) return [...TEXTS, ...new Set(cursors.values()), ...forged(cursor)];
      if (named === 'ID') return [...(HOSTILE.ID ?? []), ...ids];
      const type = schema.getType(named);
      return HOSTILE[named] ?? (isEnumType(type) ? [...type.getValues().map(({ name }) => name), 'NONE', 1] : []);
    };
    for (const of of fields) {
      for (const { name, type } of of.field.args) {
        for (const [path, value] of planted(type, (named) => seedsFor(of, name, named))) {
          const { errors } = await asked(of, { [name]: value });
          for (const { extensions } of errors) {
            const { code, field } = extensions;
            const place = `${of.name}(${name}${path}: ${JSON.stringify(value).slice(0, 80)})`;
            expect(CODES, place).toContain(code);
            if (field !== undefined)
              expect([place, field, isWritten(of, field, `${name}${path}`)]).toEqual([place, field, true]);
          }
        }
      }
    }
  }, 60_000);
});
