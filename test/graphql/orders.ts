import type { Role } from '../../src/domain/gate.js';
import { contradictionId } from '../../src/domain/ids.js';
import type { Visibility } from '../../src/domain/words.js';
import type { Telling } from '../support/telling.js';

/** What a person may be, and who sees them then; null for nobody. */
export const SEEN_BY = {
  PUBLIC: 'READER',
  LIMITED: 'READER',
  PRIVATE: 'REVIEWER',
  REMOVED: 'ADMIN',
  minor: 'REVIEWER',
  merged: 'READER',
  PURGED: null,
} as const satisfies Record<string, Role | null>;
export type State = keyof typeof SEEN_BY;
/** What is decided for whoever is in a state. */
const VISIBILITY = {
  ...{ PUBLIC: 'PUBLIC', LIMITED: 'LIMITED', PRIVATE: 'PRIVATE', REMOVED: 'REMOVED' },
  ...{ minor: 'PUBLIC', merged: 'PUBLIC', PURGED: 'REMOVED' },
} as const satisfies Record<State, Visibility>;
export const STATES = Object.keys(SEEN_BY) as State[];
/** Somebody and what there is about them; every field is an id. */
export interface Somebody {
  person: string;
  keeper: string;
  partner: string;
  relationship: string;
  /** With the partner as the child. */
  family: string;
  period: string;
  event: string;
  article: string;
  /** An article that says nothing of them. */
  source: string;
  accepted: string;
  /** A claim that waits. */
  waiting: string;
  contradiction: string;
  /** One of its two claims. */
  end: string;
  citation: string;
  /** A change of theirs that whoever asks has decided, and the batch that it is of. */
  change: string;
  batch: string;
  revision: number;
}

export interface Row {
  /** The role from which on it is allowed. */
  least: Role;
  order: (of: Somebody, state: State) => string;
  /** The change and its batch are no secret of whoever works on them, only what they did: then nothing is left to do. */
  empty?: boolean;
  /** What a rule refuses of people who are in this state, to whoever sees them. */
  refused?: Partial<Record<State, string>>;
}

export const QUOTE = 'quote: "They say so.", evidence: RECORD';
export const claims = (article: string, field = 'START') =>
  `claims: [{field: ${field}, value: {date: "2011"}, cite: [{article: "${article}", ${QUOTE}}]}]`;
const friends = ({ person, keeper }: Somebody) => `{kind: COLLABORATION, a: "${person}", b: "${keeper}"}`;

/** Each mutation with somebody, or with what there is about them. */
export const MUTATIONS: Record<string, Row> = {
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
export const PAYLOADS: Record<string, string> = {
  undoBatch: 'changes { id }',
  openClaim: 'claim { id }',
  requestTakedown: '__typename',
};

/** What takes a higher role than the mutation itself. */
export const HIGHER: ({ name: string; title: string } & Row)[] = [
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

/** Somebody in this state, the `n`-th that a story tells of. */
export async function somebody(story: Telling, n: number, state: State): Promise<Somebody> {
  const visibility = VISIBILITY[state];
  const person = story.person(`X ${n}`, { visibility, adult: state !== 'minor' });
  const pointer = state === 'merged' ? story.person(`Y ${n}`, { mergedInto: person }) : person;
  const [keeper, partner] = [story.person(`Keeper ${n}`), story.person(`Partner ${n}`)];
  if (state === 'minor') story.born(person, '2015');
  const mention = { surface: 'There', part: 'TITLE', from: 0, to: 5, person: partner } as const;
  const source = story.article('Elsewhere');
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
    ...{ person: pointer, keeper, partner, relationship, family, period, event, article, source },
    ...{ accepted, waiting, end: one, contradiction, citation, change, batch, revision },
  };
}
