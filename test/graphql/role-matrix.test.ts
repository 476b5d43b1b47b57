import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ROLES, type Role } from '../../src/domain/gate.js';
import { contradictionId } from '../../src/domain/ids.js';
import type { Visibility } from '../../src/domain/records.js';
import type { Graph } from '../../src/graph/graph.js';
import { createSchema } from '../../src/graphql/schema.js';
import { verify } from '../../src/store/verify.js';
import { enginesHere } from '../support/engines.js';
import { Telling } from '../support/telling.js';
import { ask } from './asking.js';

/** What a person may be, and who sees them then; null for nobody. */
const SEEN_BY = {
  PUBLIC: 'READER',
  LIMITED: 'READER',
  PRIVATE: 'REVIEWER',
  REMOVED: 'ADMIN',
  minor: 'REVIEWER',
  merged: 'READER',
  PURGED: null,
} as const satisfies Record<string, Role | null>;
type State = keyof typeof SEEN_BY;
/** What is decided for whoever is in a state. */
const VISIBILITY = {
  ...{ PUBLIC: 'PUBLIC', LIMITED: 'LIMITED', PRIVATE: 'PRIVATE', REMOVED: 'REMOVED' },
  ...{ minor: 'PUBLIC', merged: 'PUBLIC', PURGED: 'REMOVED' },
} as const satisfies Record<State, Visibility>;
const STATES = Object.keys(SEEN_BY) as State[];
/** Those whom the query itself hides. */
const HIDDEN: State[] = ['PRIVATE', 'REMOVED'];

/** Somebody and what there is about them; every field is an id. */
interface Somebody {
  person: string;
  keeper: string;
  partner: string;
  relationship: string;
  /** With the partner as the child. */
  family: string;
  period: string;
  event: string;
  article: string;
  accepted: string;
  /** A claim that waits. */
  waiting: string;
  contradiction: string;
  citation: string;
  /** A change of theirs that whoever asks has decided, and the batch that it is of. */
  change: string;
  batch: string;
  revision: number;
}

interface Row {
  /** The role from which on it is allowed. */
  least: Role;
  order: (of: Somebody, state: State) => string;
  /** The change and its batch are no secret of whoever works on them, only what they did: then nothing is left to do. */
  empty?: boolean;
  /** What a rule refuses of people who are in this state, to whoever sees them. */
  refused?: Partial<Record<State, string>>;
}

const QUOTE = 'quote: "They say so.", evidence: RECORD';
const claims = (article: string, field = 'START') =>
  `claims: [{field: ${field}, value: {date: "2011"}, cite: [{article: "${article}", ${QUOTE}}]}]`;
const friends = ({ person, keeper }: Somebody) => `{kind: COLLABORATION, a: "${person}", b: "${keeper}"}`;

/** Each mutation with somebody, or with what there is about them; those that name no record with null. */
const MUTATIONS: Record<string, Row | null> = {
  createPerson: null,
  // Always the same answer, and its decision is of requests: test/graphql/takedown.test.ts.
  requestTakedown: null,
  decideTakedown: null,
  addArticle: {
    least: 'CONTRIBUTOR',
    order: ({ person }) =>
      `addArticle(input: {title: "They met", kind: NEWS, mentions: [{surface: "They", part: TITLE, person: "${person}"}]})`,
  },
  proposeClaims: {
    least: 'CONTRIBUTOR',
    order: (of) => `proposeClaims(statements: [{pair: ${friends(of)}, ${claims(of.article)}}])`,
  },
  addCitation: {
    least: 'CONTRIBUTOR',
    order: ({ accepted, article }) =>
      `addCitation(claim: "${accepted}", cite: {article: "${article}", quote: "Once more.", evidence: OUTLET})`,
  },
  decideClaims: {
    least: 'REVIEWER',
    order: ({ waiting, revision }) =>
      `decideClaims(decisions: [{claim: "${waiting}", decide: ACCEPT, expectedRevision: ${revision}}])`,
  },
  openClaim: {
    least: 'REVIEWER',
    order: ({ waiting }) => `openClaim(id: "${waiting}")`,
  },
  correctClaim: {
    least: 'REVIEWER',
    order: ({ waiting, revision }) =>
      `correctClaim(id: "${waiting}", value: {date: "2013"}, expectedRevision: ${revision})`,
  },
  aimClaim: {
    least: 'REVIEWER',
    order: ({ waiting, relationship, revision }) =>
      `aimClaim(id: "${waiting}", subject: "${relationship}", expectedRevision: ${revision})`,
  },
  withdrawCitation: {
    least: 'REVIEWER',
    order: ({ citation, revision }) => `withdrawCitation(id: "${citation}", expectedRevision: ${revision})`,
  },
  resolveContradiction: {
    least: 'REVIEWER',
    order: ({ contradiction }) => `resolveContradiction(id: "${contradiction}", kind: UNRESOLVABLE, note: "Who knows")`,
  },
  updatePerson: {
    least: 'EDITOR',
    order: ({ person, revision }) =>
      `updatePerson(id: "${person}", set: {externalIds: ["x:${person}"]}, expectedRevision: ${revision + 1})`,
  },
  updateArticle: {
    least: 'EDITOR',
    order: ({ article, person, revision }) =>
      `updateArticle(id: "${article}", set: {mentions: [{surface: "There", part: TITLE, person: "${person}"}]}, expectedRevision: ${revision})`,
  },
  reviewMentions: {
    least: 'REVIEWER',
    order: ({ article, person, revision }) =>
      `reviewMentions(article: "${article}", mentions: [{surface: "There", part: TITLE, person: "${person}"}], expectedRevision: ${revision})`,
  },
  rebindMention: {
    least: 'REVIEWER',
    order: ({ article, person, revision }) =>
      `rebindMention(article: "${article}", part: TITLE, from: 0, person: "${person}", expectedRevision: ${revision})`,
  },
  recordRelationship: {
    least: 'EDITOR',
    order: (of) => `recordRelationship(of: ${friends(of)}, ${claims(of.article)})`,
  },
  updateRelationship: {
    least: 'EDITOR',
    order: ({ family, partner, revision }) =>
      `updateRelationship(id: "${family}", set: {parent: "${partner}"}, expectedRevision: ${revision})`,
  },
  updatePeriod: {
    least: 'EDITOR',
    order: ({ period, event, revision }) =>
      `updatePeriod(id: "${period}", set: {startedBy: "${event}"}, expectedRevision: ${revision})`,
  },
  recordEvent: {
    least: 'EDITOR',
    order: ({ person, article }) =>
      `recordEvent(input: {kind: MET, participants: [{person: "${person}", role: PARTY}]}, ${claims(article, 'DATE')})`,
  },
  updateEvent: {
    least: 'EDITOR',
    order: ({ event, revision }) => `updateEvent(id: "${event}", set: {kind: OTHER}, expectedRevision: ${revision})`,
  },
  mergePeople: {
    least: 'EDITOR',
    order: ({ person, keeper }) => `mergePeople(keep: "${keeper}", from: "${person}")`,
    refused: { PRIVATE: 'VISIBILITY', REMOVED: 'VISIBILITY' },
  },
  markDifferent: {
    least: 'EDITOR',
    order: ({ person, keeper }) => `markDifferent(a: "${keeper}", b: "${person}")`,
  },
  undoChange: { least: 'REVIEWER', empty: true, order: ({ change }) => `undoChange(change: "${change}")` },
  undoBatch: { least: 'EDITOR', empty: true, order: ({ batch }) => `undoBatch(batch: "${batch}")` },
  setVisibility: {
    least: 'ADMIN',
    order: ({ person, revision }, state) =>
      `setVisibility(id: "${person}", visibility: ${state === 'PRIVATE' ? 'PUBLIC' : 'PRIVATE'}, expectedRevision: ${revision + 1})`,
  },
  purgePerson: {
    least: 'ADMIN',
    order: ({ person }) => `purgePerson(id: "${person}")`,
    refused: {
      ...{ PUBLIC: 'NOT_REMOVED', LIMITED: 'NOT_REMOVED', PRIVATE: 'NOT_REMOVED', minor: 'NOT_REMOVED' },
      merged: 'MERGED',
    },
  },
};
/** What those that don't answer one change answer. */
const PAYLOADS: Record<string, string> = { undoBatch: 'changes { id }', openClaim: 'claim { id }' };

/** What takes a higher role than the mutation itself. */
const HIGHER: ({ name: string; title: string } & Row)[] = [
  {
    name: 'proposeClaims',
    title: 'proposeClaims with accept',
    least: 'EDITOR',
    order: (of) => `proposeClaims(accept: true, statements: [{pair: ${friends(of)}, ${claims(of.article)}}])`,
  },
  {
    name: 'addCitation',
    title: 'addCitation with accept',
    least: 'REVIEWER',
    order: ({ accepted, article }) =>
      `addCitation(accept: true, claim: "${accepted}", cite: {article: "${article}", quote: "Once more.", evidence: OUTLET})`,
  },
  {
    name: 'undoChange',
    title: 'undoChange with force',
    least: 'EDITOR',
    empty: true,
    order: ({ change }) => `undoChange(change: "${change}", force: true)`,
  },
];

const ROWS = [
  ...Object.entries(MUTATIONS).flatMap(([name, row]) => (row === null ? [] : [{ name, title: name, ...row }])),
  ...HIGHER,
];

test('Every mutation is in the matrix', () => {
  expect(Object.keys(MUTATIONS).sort()).toEqual(
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

  /** Somebody in this state, for one order alone. */
  async function somebody(state: State): Promise<Somebody> {
    made += 1;
    const n = made;
    const visibility = VISIBILITY[state];
    const person = story.person(`X ${n}`, { visibility, adult: state !== 'minor' });
    const pointer = state === 'merged' ? story.person(`Y ${n}`, { mergedInto: person }) : person;
    const [keeper, partner] = [story.person(`Keeper ${n}`), story.person(`Partner ${n}`)];
    if (state === 'minor') story.born(person, '2015');
    const mention = { surface: 'There', part: 'TITLE', from: 0, to: 5, person: partner } as const;
    const article = story.article('There they met', { mentions: [mention] });
    const said = { evidence: 'RECORD' } as const;
    const relationship = story.relationship('FRIEND', person, partner);
    const family = story.relationship('PARENT_CHILD', person, partner);
    const period = story.period(relationship, 'UNSPECIFIED', {}, said);
    const accepted = story.claim(period, 'START', { date: { edtf: '2016' } }, said);
    const citation = story.cite(accepted, { evidence: 'WITNESS' });
    const waiting = story.claim(period, 'APART', { date: { edtf: '2017' } }, { verdict: 'PROPOSED', ...said });
    const [one = '', other = ''] = ['2018', '2019'].map((edtf) => story.claim(period, 'END', { date: { edtf } }, said));
    const contradiction = contradictionId([one, other]);
    const both = [person, partner].map((each) => ({ person: each, role: 'PARTY' as const }));
    const event = story.event('APPEARANCE', both, '2016');
    const revision = Number((await story.tell())?.seq);
    story.edit('Person', person, { description: 'A singer' });
    const batch = `b${n}`;
    const decided = { actor: 'Vera', action: 'decideClaims' };
    const change = String((await story.tell({ batch, ...decided }))?.id);
    if (state === 'PURGED') await story.purge(person);
    return {
      ...{
        person: pointer,
        keeper,
        partner,
        relationship,
        family,
        period,
        event,
        article,
        accepted,
        waiting,
        contradiction,
      },
      ...{ citation, change, batch, revision },
    };
  }

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
          const of = await somebody(state);
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
