import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ChangeInput } from '../../src/domain/change.js';
import type { Graph } from '../../src/graph/graph.js';
import { openGraph } from '../../src/graph/open.js';
import { commit } from '../../src/store/commit.js';
import { enginesHere } from '../support/engines.js';
import { after, deeds, live } from '../support/histories.js';
import { ask } from './asking.js';

const CARD = 'id slug name revision redirectedFrom aliases { name } birth { date { edtf } standing } visibility';
const CLAIMS = `claims(first: 10) { nodes { id field verdict polarity revision independentSources agreesWith { id } subject { id }
  citations(first: 5) { nodes { id quote evidence verdict article { id title revision published { edtf } basedOn { id } } } } } }`;
const PERIODS = `periods(minStanding: REJECTED) { id type standing revision start { date { edtf } standing contested }
  end { state date { edtf } } bounds { startMin startMax endMin endMax } ${CLAIMS} }`;
const EVENTS = `events(first: 10, minStanding: REJECTED) { totalCount nodes {
  id kind revision participants { role person { id name } } date { edtf } ${CLAIMS} } }`;
const CONTRADICTIONS =
  'contradictions(first: 10) { totalCount nodes { id status field openedAt bounds { edtf } claims { id } subject { id } resolution { id actor } } }';
const COUPLE =
  'id kind standing revision parties { role person { id name } } together { stretches { bounds { startMin endMax } } }';

/** What hangs below a person, in questions that each fit what one request may cost. */
const OF_PERSON = [
  `${CARD} ${CLAIMS} ${CONTRADICTIONS}`,
  EVENTS,
  `relationships(first: 10, minStanding: PROPOSED) { totalCount edges {
    node { ${CARD} relationships(first: 5, minStanding: PROPOSED) { nodes { id name } } } relationship { ${COUPLE} } periods { id } } }`,
  `relationships(first: 5, minStanding: PROPOSED) { edges { relationship { ${PERIODS} } } }`,
  `relationships(first: 5, minStanding: PROPOSED) { edges { relationship { ${EVENTS} ${CLAIMS} } } }`,
  'timeline(first: 20) { totalCount edges { cursor } }',
  `articles(first: 10) { totalCount nodes { id title mentions { surface person { ${CARD} } } copies { id }
    claims(first: 10) { totalCount nodes { id subject { id } } } } }`,
];
const OF_RELATIONSHIP = [`${COUPLE} ${EVENTS} ${CONTRADICTIONS}`, `${PERIODS} ${CLAIMS}`];
const OF_ARTICLE = [
  `id title text revision claims(first: 50) { totalCount nodes { id subject { id } } } copies { id } basedOn { title }
    mentions { person { ${CARD} } }`,
];

/** Floors are those of today; of people merged since their own or their survivors', whichever is stricter. */
const FLOORS = `/* floors */ MATCH (o:Person)-[:MERGED_INTO*0..]->(p:Person) WHERE p.mergedInto IS NULL
  RETURN o.id AS id, CASE WHEN o.visibility = 'LIMITED' OR p.visibility = 'LIMITED' THEN 3 ELSE 0 END AS floor`;
const SET_FLOORS = 'UNWIND $rows AS row MATCH (p:Person {id: row.id}) WHERE p.gate < 3 SET p.floor = row.floor';

const idsOf = async (graph: Graph, label: string): Promise<string[]> =>
  (await graph.read(`MATCH (n:${label}) RETURN n.id AS id ORDER BY id`)).map(({ id }) => String(id));

/** A graph in memory with these changes, which shows as much of people as `today` does. */
async function replayed(changes: readonly ChangeInput[], today: Graph): Promise<Graph> {
  const graph = await openGraph({ url: 'memory:' });
  await graph.createSchema();
  for (const change of changes) await commit(graph, change);
  const rows = await today.read(FLOORS);
  await graph.write((transaction) => transaction.run(SET_FLOORS, { rows }));
  return graph;
}

async function expectSameAnswers(graph: Graph, changes: readonly ChangeInput[]): Promise<void> {
  const then = await replayed(changes, graph);
  const asked = [
    ...(await idsOf(then, 'Person')).flatMap((id) => OF_PERSON.map((fields) => ['person', id, fields])),
    ...(await idsOf(then, 'Relationship')).flatMap((id) =>
      OF_RELATIONSHIP.map((fields) => ['relationship', id, fields]),
    ),
    ...(await idsOf(then, 'Article')).flatMap((id) => OF_ARTICLE.map((fields) => ['article', id, fields])),
  ];
  for (const [root, id, fields] of asked) {
    const was = await ask(then, `{ ${root}(id: "${id}") { ${fields} } }`, { role: 'ADMIN' });
    const asOf = after(changes.length);
    const is = await ask(graph, `{ ${root}(id: "${id}", asOf: "${asOf}") { ${fields} } }`, { role: 'ADMIN' });

    expect([was.errors, is.errors]).toEqual([[], []]);
    expect({ root, id, fields, asOf, data: is.data }).toEqual({ root, id, fields, asOf, data: was.data });
  }
  await then.close();
}

describe.each(enginesHere())('asOf over random histories on $name', (engine) => {
  const runs = Number(process.env.HEARSAY_HISTORIES ?? (engine.name === 'memory:' ? 4 : 1));

  test('answers as a graph does to which only the changes up to then were made', async () => {
    const moments = fc.array(fc.nat(1000), { minLength: 3, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(deeds(60), moments, async (all, picks) => {
        const graph = await engine.fresh();
        const changes = await live(graph, all);
        for (const pick of picks) await expectSameAnswers(graph, changes.slice(0, pick % (changes.length + 1)));
      }),
      { numRuns: runs, endOnFailure: true },
    );
  }, 1_200_000);
});
