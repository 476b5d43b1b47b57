import { getNamedType, isInputObjectType } from 'graphql';
import { beforeEach, describe, expect, test } from 'vitest';
import type { EditInput } from '../../src/domain/change.js';
import { contradictionId, idFromKey } from '../../src/domain/ids.js';
import { typeOfId } from '../../src/domain/records.js';
import type { RecordType } from '../../src/domain/words.js';
import type { Graph } from '../../src/graph/graph.js';
import { createSchema } from '../../src/graphql/schema.js';
import { enginesHere } from '../support/engines.js';
import { Telling } from '../support/telling.js';
import { answerOf } from './asking.js';
import { order, refusal } from './ordering.js';

/** What a mutation is asked to do with a revision `$r`, and what somebody else does to which record meanwhile. */
interface Row {
  mutation: string;
  /** Answers the revision that is seen before; that of the record, unless told. */
  seen?: string;
  id: string;
  set: EditInput['set'];
  /** The record that the CONFLICT names, with what was changed of it; the one that is edited, unless told. */
  told?: { record: string; changed?: string[]; note?: string };
}

const REVISED = Object.values(createSchema().getMutationType()?.getFields() ?? {})
  .filter(({ args }) =>
    args.some(({ name, type }) => {
      const input = getNamedType(type);
      return name === 'expectedRevision' || (isInputObjectType(input) && 'expectedRevision' in input.getFields());
    }),
  )
  .map(({ name }) => name);

describe.each(enginesHere())('who has seen an old revision, on $name,', ({ fresh }) => {
  let graph: Graph;
  let story: Telling;
  let rows: Record<string, Row>;
  beforeEach(async () => {
    graph = await fresh();
    story = new Telling(graph);
    rows = await aWorld();
  });

  async function aWorld(): Promise<Record<string, Row>> {
    const [ann, bo, cy] = [story.person('Ann'), story.person('Bo'), story.person('Cy')];
    const di = story.person('Di', { visibility: 'REMOVED' });
    const mention = { surface: 'Ann', part: 'TEXT', from: 0, to: 3, person: ann } as const;
    const article = story.article('The Example', { text: 'Ann and Bo wed.', mentions: [mention] });
    const source = story.article('The other');
    const period = story.marriage(ann, bo, { start: '2010' });
    const family = story.relationship('PARENT_CHILD', ann, bo);
    const event = story.event('WEDDING', [{ person: ann, role: 'PARTY' }], '2010');
    const said = { evidence: 'RECORD', by: source } as const;
    const claim = story.claim(period, 'END', { date: { edtf: '2014-06-12' } }, said);
    const other = story.claim(period, 'END', { date: { edtf: '2016' } }, said);
    const quote = story.cite(claim, said);
    const again = story.marriage(cy, bo, { start: '2012' });
    await story.tell();
    story.edit('Person', cy, { name: 'Cyd' });
    const renamed = String((await story.tell())?.id);
    const contradiction = contradictionId([claim, other]);
    const RESOLVE = `resolveContradiction(id: "${contradiction}", kind: UNRESOLVABLE, note: "So be it"`;
    await answerOf(graph, `mutation { ${RESOLVE}) { change { id } } }`, { role: 'REVIEWER' });
    const resolution = idFromKey('Resolution', contradiction);
    const ofAnn = (args: string) => ({ mutation: args, id: ann, set: { name: 'Anna' } });
    const ofArticle = (args: string) => ({ mutation: args, id: article, set: { author: 'Di' } });
    const ofClaim = (args: string) => ({ mutation: args, id: claim, set: { verdict: 'REJECTED' } });
    return {
      updatePerson: ofAnn(`updatePerson(id: "${ann}", set: {description: "x"}, expectedRevision: $r)`),
      setVisibility: ofAnn(`setVisibility(id: "${ann}", visibility: PRIVATE, expectedRevision: $r)`),
      purgePerson: {
        mutation: `purgePerson(id: "${di}", expectedRevision: $r)`,
        ...{ id: di, set: { description: 'x' } },
      },
      updateArticle: ofArticle(`updateArticle(id: "${article}", set: {outlet: "x"}, expectedRevision: $r)`),
      reviewMentions: ofArticle(`reviewMentions(article: "${article}", reviewed: false, expectedRevision: $r)`),
      rebindMention: ofArticle(
        `rebindMention(article: "${article}", part: TEXT, from: 0, person: "${bo}", expectedRevision: $r)`,
      ),
      updateRelationship: {
        mutation: `updateRelationship(id: "${family}", set: {parent: "${ann}"}, expectedRevision: $r)`,
        ...{ id: family, set: { a: bo, b: ann } },
      },
      updatePeriod: {
        mutation: `updatePeriod(id: "${period}", set: {type: DATING}, expectedRevision: $r)`,
        ...{ id: period, set: { type: 'ENGAGED' } },
      },
      updateEvent: {
        mutation: `updateEvent(id: "${event}", set: {kind: OTHER}, expectedRevision: $r)`,
        ...{ id: event, set: { kind: 'MET' } },
      },
      decideClaims: ofClaim(`decideClaims(decisions: [{claim: "${claim}", decide: SEND_BACK, expectedRevision: $r}])`),
      correctClaim: ofClaim(`correctClaim(id: "${claim}", value: {date: "2015"}, expectedRevision: $r)`),
      aimClaim: {
        mutation: `aimClaim(id: "${claim}", subject: "${again}", expectedRevision: $r)`,
        ...{ id: quote, set: { verdict: 'REJECTED' }, told: { record: claim, changed: ['citations'] } },
      },
      withdrawCitation: {
        mutation: `withdrawCitation(id: "${quote}", expectedRevision: $r)`,
        ...{ id: quote, set: { verdict: 'PROPOSED' } },
      },
      mergePeople: {
        mutation: `mergePeople(keep: "${ann}", from: "${cy}", expectedRevision: $r)`,
        seen: `mergePreview(keep: "${ann}", from: "${cy}")`,
        ...{ id: again, set: { type: 'ENGAGED' } },
      },
      undoChange: {
        mutation: `undoChange(change: "${renamed}", force: true, expectedRevision: $r)`,
        seen: `undoPreview(change: "${renamed}", force: true)`,
        ...{ id: cy, set: { name: 'Cyrus' } },
      },
      resolveContradiction: {
        mutation: `${RESOLVE.replace('UNRESOLVABLE', 'DIFFERENT_THINGS')}, expectedRevision: $r)`,
        seen: '',
        // It tells the whole answer instead of what was changed of it.
        ...{ id: resolution, set: { note: 'Who knows' }, told: { record: resolution, note: 'Who knows' } },
      },
    };
  }

  const revisionSeen = async ({ seen, told, id }: Row, mutation: string): Promise<number> => {
    if (seen === '') return Number((await graph.read('MATCH (n {id: $id}) RETURN n.revision AS r', { id }))[0]?.r);
    const about = mutation === 'aimClaim' ? String(told?.record) : id;
    const query = seen ? `${seen} { revision }` : `node(id: "${about}") { ... on ${typeOfId(about)} { revision } }`;
    const answer = await answerOf<Record<string, { revision: number }>>(graph, `{ ${query} }`, { role: 'ADMIN' });
    return Number(Object.values(answer)[0]?.revision);
  };

  test('there is a row for every mutation that takes one', () => {
    expect(Object.keys(rows).sort()).toEqual([...REVISED].sort());
  });

  test.each(REVISED)('%s is a CONFLICT that tells who, when and what, and leaves nothing behind', async (mutation) => {
    const row = rows[mutation] as Row;
    const r = await revisionSeen(row, mutation);
    story.edit(typeOfId(row.id) as RecordType, row.id, row.set);
    const change = await story.tell({ actor: 'Di' });
    const document = `${row.mutation} { change { id } }`;

    const stale = await refusal(graph, document, { r: 'Int!' }, { r }, { role: 'ADMIN' });

    expect(stale).toMatchObject({
      ...{ code: 'CONFLICT', actor: 'Di', at: change?.at, revision: change?.seq },
      ...(row.told ?? { record: row.id, changed: Object.keys(row.set ?? {}) }),
    });
    const now = await order(graph, document, { r: 'Int!' }, { r: change?.seq }, { role: 'ADMIN' });
    expect(now).toMatchObject({ change: { id: expect.stringMatching(/^chg_/) } });
  });
});
