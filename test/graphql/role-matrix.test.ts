import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ROLES, type Role } from '../../src/domain/gate.js';
import type { Graph } from '../../src/graph/graph.js';
import { createSchema } from '../../src/graphql/schema.js';
import { verify } from '../../src/store/verify.js';
import { enginesHere } from '../support/engines.js';
import { Telling } from '../support/telling.js';
import { ask } from './asking.js';
import { OF_NOBODY } from './order-forms.js';
import { HIGHER, MUTATIONS, PAYLOADS, SEEN_BY, type Somebody, STATES, type State, somebody } from './orders.js';

/** Those whom the query itself hides. */
const HIDDEN: State[] = ['PRIVATE', 'REMOVED'];

const ROWS = [...Object.entries(MUTATIONS).map(([name, row]) => ({ name, title: name, ...row })), ...HIGHER];

test('Every mutation is in the matrix', () => {
  expect([...Object.keys(MUTATIONS), ...Object.keys(OF_NOBODY)].sort()).toEqual(
    Object.keys(createSchema().getMutationType()?.getFields() ?? {}).sort(),
  );
});

const reaches = (role: Role, least: Role | null) => least !== null && ROLES.indexOf(role) >= ROLES.indexOf(least);
/** Ids, messages that name them, and when things happened differ between somebody hidden and nobody. */
const plain = (answer: object) =>
  JSON.stringify(answer).replace(/\b(per|rel|prd|evt|art|clm|cit|con|chg)_\w+|batch \w+/g, '$1_');

describe.each(enginesHere())('The roles on $name', (engine) => {
  let graph: Graph;
  let story: Telling;
  let made = 0;
  const isSlow = engine.name.startsWith('Neo4j');
  // Each test verifies all that there is; to empty a Neo4j takes longer than that.
  (isSlow ? beforeAll : beforeEach)(async () => {
    graph = await engine.fresh();
    story = new Telling(graph);
  });

  /** Who is nobody, with a partner and an article that everybody sees. */
  const nobody = (of: Somebody): Somebody => ({
    ...of,
    ...{ person: 'per_nobody', relationship: 'rel_none', family: 'rel_none', period: 'prd_none', event: 'evt_none' },
    ...{ accepted: 'clm_none', waiting: 'clm_none', contradiction: 'con_none', citation: 'cit_none' },
    ...{ change: 'chg_none', batch: 'none' },
  });

  const orderBy = async (role: Role, text: string) => {
    const payload = PAYLOADS[text.split('(', 1)[0] ?? ''] ?? 'change { id }';
    const { data, errors } = await ask(graph, `mutation { ${text} { ${payload} } }`, { role });
    const refusal: Record<string, unknown> | undefined = errors[0] && {
      ...errors[0].extensions,
      message: errors[0].message,
    };
    return { data, refusal };
  };

  test.each(isSlow ? ROWS.filter((row) => !HIGHER.includes(row)) : ROWS)(
    '$title does for each role, with people in each state, what that role may',
    async ({ name, title, least, order, refused = {}, empty = false }) => {
      const allowed: Role[] = ROLES.filter((role) => role === least || role === 'ADMIN');
      // Who is refused before anything is read is refused so on every engine.
      const roles = isSlow ? allowed : [...ROLES.filter((role) => !reaches(role, least)), ...allowed];
      for (const state of isSlow ? HIDDEN : STATES) {
        for (const role of roles) {
          const of = await somebody(story, ++made, state);
          const cell = `${title} ${state} ${role}`;
          const { data, refusal } = await orderBy(role, order(of, state));

          if (!reaches(role, least))
            expect([cell, refusal?.code]).toEqual([cell, role === 'READER' ? 'UNAUTHENTICATED' : 'FORBIDDEN']);
          else if (state === 'PURGED' && name === 'undoChange')
            expect([cell, refusal]).toMatchObject([
              cell,
              { code: 'CONFLICT', conflicts: [{ recordId: of.person, field: null, rule: 'PURGED' }] },
            ]);
          else if (!reaches(role, SEEN_BY[state]) && empty)
            expect([cell, refusal, Object.values(Object(data?.[name])).flat()]).toEqual([
              cell,
              undefined,
              name === 'undoBatch' ? [] : [null],
            ]);
          else if (!reaches(role, SEEN_BY[state]))
            expect([cell, plain({ data, refusal })]).toEqual([
              cell,
              plain(await orderBy(role, order(nobody(of), state))),
            ]);
          else if (refused[state] !== undefined) expect([cell, refusal?.rule]).toEqual([cell, refused[state]]);
          else
            expect([cell, refusal, Object.values(Object(data?.[name]))[0]]).toEqual([
              cell,
              undefined,
              expect.anything(),
            ]);
        }
      }
      expect((await verify(graph)).differences).toEqual([]);
    },
    120_000,
  );
});
