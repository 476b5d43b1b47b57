import { beforeAll, describe, expect, test } from 'vitest';
import type { Minors, Role } from '../../src/domain/gate.js';
import type { Graph } from '../../src/graph/graph.js';
import { enginesHere } from '../support/engines.js';
import { answerOf, ask } from './asking.js';
import { aboutOthers, byName, FIELDS, type Hidden, idsOf, type Questions, tell } from './hidden.js';

interface Row {
  hidden: Hidden;
  role: Role;
  minors?: Minors;
  /** False for whoever is LIMITED: they are found by name, though with nothing that is not CONFIRMED. */
  named?: boolean;
  /** Questions whose answers show them, as they are meant to. */
  but?: RegExp;
}

const ROWS: [string, Row][] = [
  ['PRIVATE', { hidden: { visibility: 'PRIVATE' }, role: 'READER' }],
  ['REMOVED', { hidden: { visibility: 'REMOVED' }, role: 'CONTRIBUTOR' }],
  // Reviewers read every article, with the names of those whom they don't see withheld.
  ['REMOVED, for the desk,', { hidden: { visibility: 'REMOVED', letters: false }, role: 'EDITOR' }],
  ['taken down (T27)', { hidden: { visibility: 'PUBLIC', until: 'REMOVED' }, role: 'READER' }],
  [
    'taken down, for the desk,',
    { hidden: { visibility: 'PUBLIC', until: 'REMOVED', letters: false }, role: 'REVIEWER' },
  ],
  ['LIMITED and not confirmed', { hidden: { visibility: 'LIMITED' }, role: 'READER', named: false }],
  [
    'a minor where minors are hidden',
    { hidden: { visibility: 'PUBLIC', born: '2014' }, role: 'READER', minors: 'hide' },
  ],
  [
    'a minor, named as a child alone,',
    {
      ...{ hidden: { visibility: 'PUBLIC', born: '2014' }, role: 'READER' },
      but: /relationships|coupleFacts|person\(id: "(ann|bo)"/,
    },
  ],
];

/**
 * Where the work behind an answer is about everybody, and only the answer about those who are seen: records of the past are rolled back
 * before the gate looks at them, and previews try out a change that is about all there is. Rankings and stats are read by whoever is first to ask.
 */
const WORKS_ON_ALL = /asOf|Preview|rankings|stats/;

/** To a statement these are what PRIVATE is, or REMOVED for the desk: Neo4j is spared them. */
const OF_THE_SAME_GATE = /^REMOVED$|^taken down/;

function questionsOf({ hidden, named = true, but = /^$/ }: Omit<Row, 'role'>): string[] {
  const { shown, ids } = idsOf(hidden);
  const asked = [aboutOthers(shown), named ? byName(ids) : {}].flatMap((questions) => Object.values(questions).flat());
  return asked.filter((question) => !but.test(question));
}

interface Told {
  answer: string;
  statements: string[];
}

/** What a question is answered, and the statements behind it. */
async function answerTo(graph: Graph, question: string, role: Role, minors: Minors): Promise<Told> {
  const { data, errors, statements } = await ask(graph, question, { role, minors });
  return {
    answer: JSON.stringify({ data, errors }),
    statements: WORKS_ON_ALL.test(question) ? [] : statements.sort(),
  };
}

test('Every field of Query is asked for what it tells of somebody hidden', () => {
  const { shown, ids } = idsOf({ visibility: 'PRIVATE' });
  const asked: Questions = { ...aboutOthers(shown), ...byName(ids) };

  expect(Object.keys(asked).sort()).toEqual(FIELDS);
});

describe.each(enginesHere())('Somebody hidden on $name', (engine) => {
  const rows = ROWS.filter(([what]) => engine.name === 'memory:' || !OF_THE_SAME_GATE.test(what));
  const never = new Map<string, Told>();
  /** Answers, by question, from a graph without anybody hidden in it; what was asked there is not asked again. */
  const neverTold = async (graph: Graph, row: Row): Promise<void> => {
    for (const question of questionsOf(row)) {
      const name = nameOf(row, question);
      if (!never.has(name)) never.set(name, await answerTo(graph, question, row.role, row.minors ?? 'name-only'));
    }
  };
  const nameOf = ({ role, minors }: Row, question: string) => `${role} ${minors} ${question}`;
  const KNOWN: Row = { hidden: { visibility: 'PUBLIC' }, role: 'REVIEWER' };

  beforeAll(async () => {
    const graph = await engine.fresh();
    await tell(graph, null);
    for (const row of [...rows.map(([, each]) => each), KNOWN]) await neverTold(graph, row);
  }, 480_000);

  test.each(rows)(
    'who is %s changes no byte of any answer, and no statement behind one',
    async (_what, row) => {
      const graph = await engine.fresh();
      await tell(graph, row.hidden);

      for (const question of questionsOf(row)) {
        const told = await answerTo(graph, question, row.role, row.minors ?? 'name-only');
        expect({ question, ...told }).toEqual({ question, ...never.get(nameOf(row, question)) });
      }
      expect(await answerOf(graph, '{ stats { people } }', { role: 'ADMIN' })).toEqual({ stats: { people: 6 } });
    },
    120_000,
  );

  test('would be seen by each of these fields if they were PUBLIC, and none of the questions is refused', async () => {
    const { shown, ids } = idsOf(KNOWN.hidden);
    const tables = [aboutOthers(shown), byName(ids)];
    const graph = await engine.fresh();
    await tell(graph, KNOWN.hidden);
    const known = new Map<string, string>();
    for (const question of questionsOf(KNOWN))
      known.set(question, (await answerTo(graph, question, 'REVIEWER', 'name-only')).answer);

    const differs = (question: string) => known.get(question) !== never.get(nameOf(KNOWN, question))?.answer;
    const telling = FIELDS.filter((field) => tables.some((table) => table[field]?.some(differs)));
    const refused = [...known].filter(([, answer]) => !answer.endsWith('"errors":[]}'));

    expect(FIELDS.filter((field) => !telling.includes(field))).toEqual(['viewer']);
    expect(refused).toEqual([]);
  }, 240_000);

  test('is in nothing that an editor is told of a change of their own', async () => {
    const merge = `mutation { mergePeople(keep: "ann", from: "dee", key: "k") { change { id seq editCount edits { type recordId place before after } } person { name } } }`;
    const told = [];
    for (const hidden of [null, { visibility: 'REMOVED', letters: false } as const]) {
      const graph = await engine.fresh();
      await tell(graph, hidden);
      told.push((await ask(graph, merge, { role: 'EDITOR' })).data);
    }

    expect(told[0]).toMatchObject({ mergePeople: { person: { name: 'Ann' } } });
    expect(told[1]).toEqual(told[0]);
  });

  test('who is removed leaves a tombstone under the id, and nothing under slug and records', async () => {
    const hidden: Hidden = { visibility: 'PUBLIC', until: 'REMOVED' };
    const graph = await engine.fresh();
    await tell(graph, hidden);
    const [secret] = idsOf(hidden).ids;

    const answer = await answerOf(
      graph,
      `{ node(id: "${secret}") { __typename id } nodes(ids: ["${secret}"]) { __typename } person(id: "${secret}") { id } slug: node(id: "secret") { id }
        by: person(externalId: { source: "wikidata", id: "Q9" }) { id } chain(from: "${secret}", to: "ann") { ... on PersonUnknown { ref } } }`,
    );

    expect(answer).toEqual({
      ...{ node: { __typename: 'Tombstone', id: secret }, nodes: [{ __typename: 'Tombstone' }] },
      ...{ person: null, slug: null, by: null, chain: { ref: secret } },
    });
  });
});
