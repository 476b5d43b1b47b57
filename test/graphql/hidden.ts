import { type GraphQLObjectType, getNamedType } from 'graphql';
import { relationshipId } from '../../src/domain/ids.js';
import type { Visibility } from '../../src/domain/words.js';
import type { Graph } from '../../src/graph/graph.js';
import { createSchema } from '../../src/graphql/schema.js';
import { aStory, type Story, type Told } from '../support/story.js';
import { branchesOf, branchOf, everythingOf } from './everything.js';

/** Five whom everybody sees: Ann, Bo, Cid and Dee in a row of couples, and Eve apart. The ids of what there is of them. */
export interface Shown {
  ann: string;
  bo: string;
  cid: string;
  dee: string;
  eve: string;
  register: string;
  marriage: string;
  wedding: string;
  /** Of a REPORTED evening that is Ann's, with a guest, and an interview that depends on nobody: each with the claim of its day. */
  gala: string;
  galaDay: string;
  /** What only a guest says of the evening. */
  galaWord: string;
  talk: string;
  born: string;
}

export function peopleWhomEverybodySees(story: Story): Shown {
  const [ann, bo, cid, dee, eve] = story.people('Ann', 'Bo', 'Cid', 'Dee', 'Eve');
  const register = story.anArticle('The register');
  const article = register;
  const marriage = story.aMarriage(ann, bo, { start: '2001', end: '2010', article });
  story.aMarriage(bo, cid, { start: '2011', article });
  const dated = story.aPeriod('ROMANTIC', 'DATING', cid, dee, { start: '2005', end: '2007-05-01', article });
  story.aClaim(dated, 'END', { date: { edtf: '2008-05-01' } }, { article });
  story.aPeriod('FRIEND', 'UNSPECIFIED', ann, eve, { start: '2001', article, evidence: 'UNNAMED_SOURCE' });
  story.aClaim(bo, 'OCCUPATION', { text: 'baker' }, { article, ...WAITING });
  const wedding = story.anEvent('WEDDING', { [ann]: 'PARTY', [bo]: 'PARTY' }, { start: '2001', article });
  const born = story.aBirth(ann, '1970', { article });
  const seen = { article, evidence: 'WITNESS' } as const;
  const gala = story.anEvent('APPEARANCE', { [ann]: 'PARTY', [eve]: 'GUEST' }, seen);
  const galaDay = story.aClaim(gala, 'DATE', { date: { edtf: '2012-05' } }, seen);
  const galaWord = story.aClaim(gala, 'PLACE', { text: 'The park' }, { ...seen, evidence: 'PRINCIPAL', side: eve });
  const talk = story.anEvent('INTERVIEW', { [eve]: 'SUBJECT' }, { start: '2013-05', ...seen });
  return { ann, bo, cid, dee, eve, register, marriage, wedding, gala, galaDay, galaWord, talk, born };
}

/** A claim that nobody has decided about. */
const WAITING = { verdict: 'PROPOSED', claim: { verdict: 'PROPOSED' } } as const;

export interface Hidden {
  visibility: Visibility;
  /** What they are set to once everything is told; `visibility` unless given. */
  until?: Visibility;
  /** Unknown for null; then they are marked as an adult. */
  born?: string;
  /**
   * Whether articles of their own tell of them, or only one that others are in too, and whether they were a guest at what is of others:
   * of an edit that names a guest who is hidden from reviewers, no history tells these.
   */
  letters?: boolean;
}

/** Somebody with everything that could show them: partners, parents, events, claims, contradictions, articles of their own and of others. */
export function somebodyHidden(shown: Shown, story: Story, { visibility, born, letters = true }: Hidden): string {
  const { ann, bo, dee, eve, register } = shown;
  const secret = story.aPerson('Secret', {
    ...{ visibility, adult: born === undefined, externalIds: ['wikidata:Q9'], notSameAs: [ann] },
    aliases: [{ name: 'Hush', kind: 'NICKNAME' }],
  });
  const told = toldOf(visibility);
  const mentions = [{ surface: 'Secret', part: 'TITLE' as const, from: 15, to: 21, person: secret }];
  const letter = letters
    ? story.anArticle('A letter about Secret', { url: 'https://example.org/secret', basedOn: [register], mentions })
    : register;
  for (const [one, start, end] of [
    [ann, '2015', '2016-01-01'],
    [dee, '2003', '2004'],
    [eve, '2003', '2005'],
  ] as const) {
    const period = story.aMarriage(secret, one, { start, end, article: letter, ...told });
    story.aClaim(period, 'END', { date: { edtf: '2018-05-01' } }, { article: letter, ...told });
  }
  for (const [one, start, end] of [
    [ann, '1999-05-01', '2003'],
    [bo, '1998', '2004'],
  ] as const)
    story.aPeriod('ROMANTIC', 'DATING', secret, one, { start, end, article: register, ...told });
  story.aPeriod('FRIEND', 'UNSPECIFIED', secret, bo, { start: '2002', article: register, ...told });
  for (const parent of [ann, bo])
    story.aPeriod('PARENT_CHILD', 'BIOLOGICAL', parent, secret, { start: '2014', article: letter, ...told });
  const family = { [secret]: 'CHILD', [ann]: 'PARENT', [bo]: 'PARENT' } as const;
  story.anEvent('BIRTH', family, { start: '2014', article: letter, ...told });
  story.anEvent('WEDDING', { [secret]: 'PARTY', [ann]: 'PARTY' }, { start: '2015', article: letter, ...told });
  story.anEvent('APPEARANCE', { [secret]: 'SUBJECT' }, { start: '2016', article: register, ...told });
  story.aClaim(secret, 'OCCUPATION', { text: 'spy' }, { article: register, ...told });
  story.aClaim(secret, 'OCCUPATION', { text: 'thief' }, { article: register, ...WAITING });
  if (born !== undefined) story.aBirth(secret, born, { article: letter, ...told });
  else story.aClaim(secret, 'DEATH', { date: { edtf: '2008' } }, { article: letter, ...told });
  if (letters) asAGuest(secret, shown, story);
  if (letters && born === undefined) aWordOf(secret, shown, story);
  return secret;
}

/** Somebody at what is of others, out of their lifetime, with claims about them there. */
function asAGuest(secret: string, { ann, eve, gala, talk, register }: Shown, story: Story): void {
  const told = { article: register, evidence: 'WITNESS' } as const;
  const [party, guest, subject] = [
    { person: ann, role: 'PARTY' },
    { person: eve, role: 'GUEST' },
    { person: eve, role: 'SUBJECT' },
  ];
  story.change('Event', gala, { participants: [party, { person: secret, role: 'GUEST' }, guest] });
  story.change('Event', talk, { participants: [{ person: secret, role: 'INTERVIEWER' }, subject] });
  story.aClaim(gala, 'PARTICIPANT', { person: secret, role: 'GUEST' }, told);
  story.aClaim(talk, 'PARTICIPANT', { person: secret, role: 'INTERVIEWER' }, told);
}

/** What somebody says of an evening that is Ann's: a day, what another guest says too, that it was not, and where it was. */
function aWordOf(secret: string, { gala, galaDay, galaWord, register }: Shown, story: Story): void {
  const word = { article: register, evidence: 'PRINCIPAL', side: secret } as const;
  for (const said of [galaDay, galaWord]) story.aCitation(said, word);
  story.aClaim(gala, 'EXISTS', { state: 'PAST' }, { ...word, claim: { polarity: 'DENIES' } });
  const place = story.aClaim(gala, 'PLACE', { text: 'The palace' }, word);
  story.aCitation(place, { article: register, evidence: 'OUTLET', verdict: 'PROPOSED' });
}

/** Of LIMITED people nothing shows that is not CONFIRMED. */
const toldOf = (visibility: Visibility): Told => (visibility === 'LIMITED' ? { evidence: 'WITNESS' } : {});

/** Tells a graph of the five in three changes, and in the same ones of somebody hidden, if any, about whom a request is open too. */
export async function tell(graph: Graph, hidden: Hidden | null): Promise<Shown> {
  const story = aStory();
  const shown = peopleWhomEverybodySees(story);
  const secret = hidden && somebodyHidden(shown, story, hidden);
  await story.commitTo(graph);
  if (hidden !== null && secret !== null) {
    const told = toldOf(hidden.visibility);
    story.change('Person', secret, { description: 'A spy' });
    story.aClaim(secret, 'NAME', { text: 'Whisper' }, told);
    story.aPeriod('COLLABORATION', 'UNSPECIFIED', secret, shown.ann, { start: '2012', ...told });
    await graph.write((transaction) => transaction.run(ASK_ABOUT, { id: secret }));
  }
  story.change('Person', shown.ann, { description: 'A singer' });
  await story.commitTo(graph, '2020-02-01T00:00:00.000Z');
  if (hidden !== null && secret !== null)
    story.change('Person', secret, { visibility: hidden.until ?? hidden.visibility });
  story.change('Person', shown.ann, { description: 'A dancer' });
  await story.commitTo(graph, '2020-03-01T00:00:00.000Z');
  return shown;
}

const ASK_ABOUT = `MATCH (p:Person {id: $id})
CREATE (t:Takedown {id: 'tkd_1', status: 'OPEN', urgent: true, due: false, at: '2020-02-01T00:00:00.000Z', sort: '0|1', reason: 'Please'})
CREATE (t)-[:ASKS_ABOUT]->(p)`;

/** The five, and the ids of somebody hidden and of all that there would be about them, the person's own first. */
export function idsOf(hidden: Hidden): { shown: Shown; ids: string[] } {
  const story = aStory();
  const shown = peopleWhomEverybodySees(story);
  const others = story.ids;
  somebodyHidden(shown, story, hidden);
  return { shown, ids: story.ids.filter((id) => !others.includes(id)) };
}

const schema = createSchema();
const queries = schema.getQueryType() as GraphQLObjectType;

/** Every field of Query, each of which has to be asked about. */
export const FIELDS = Object.keys(queries.getFields()).sort();

/** What is asked, by the field of Query that it asks. */
export type Questions = Record<string, string[]>;

/** Everything that a field of Query answers with these arguments, some levels down. */
export function all(field: string, given: string, levels = 2): string {
  const type = getNamedType(queries.getFields()[field]?.type);
  return `{ ${field}${given && `(${given})`} { __typename ${type ? everythingOf(schema, type, levels) : ''} } }`;
}

/** Everything of one record, a question for each part of it. */
export function each(field: string, given: string, name: string): string[] {
  const type = schema.getType(name) as GraphQLObjectType;
  const parts = [everythingOf(schema, type, 1), ...branchesOf(type).map((branch) => branchOf(schema, type, branch, 2))];
  return parts
    .filter((part) => part !== '')
    .map((part) => `{ ${field}(${given}) { __typename ${field === 'node' ? `... on ${name} { ${part} }` : part} } }`);
}

/** A moment between the two changes of the world. */
const THEN = 'asOf: "2020-01-15T00:00:00Z"';

/** What can be asked about those whom everybody sees, without a name of anybody else. */
export function aboutOthers({
  ann,
  bo,
  register,
  marriage,
  wedding,
  gala,
  galaDay,
  galaWord,
  talk,
  born,
}: Shown): Questions {
  const couple = relationshipId('ROMANTIC', ann, bo);
  return {
    person: [
      ...['ann', 'bo'].flatMap((slug) => each('person', `id: "${slug}"`, 'Person')),
      all('person', `id: "ann", ${THEN}`),
      '{ person(id: "bo") { partners(at: "2005") { totalCount nodes { name } } } }',
      '{ person(id: "ann") { relationships(at: "2003", certainty: CERTAIN, orderBy: START_ASC) { totalCount edges { cursor certainty } } } }',
    ],
    relationship: [
      ...each('relationship', `id: "${couple}"`, 'Relationship'),
      all('relationship', `id: "${couple}", ${THEN}`),
    ],
    event: [wedding, gala, talk].flatMap((id) => each('event', `id: "${id}"`, 'Event')),
    article: [...each('article', `id: "${register}"`, 'Article'), all('article', `id: "${register}", ${THEN}`)],
    node: [
      ...each('node', `id: "${marriage}"`, 'Period'),
      ...[born, galaDay, galaWord].flatMap((id) => each('node', `id: "${id}"`, 'Claim')),
    ],
    nodes: [all('nodes', `ids: ["${[ann, couple, marriage, wedding, register, born].join('", "')}"]`, 2)],
    relationships: [
      all('relationships', 'filter: { minStanding: RUMOURED }'),
      '{ relationships(filter: { contested: true, minStanding: RUMOURED }, orderBy: START_ASC) { totalCount edges { cursor } } }',
      '{ relationships(filter: { people: ["ann"], at: "2003", minStanding: RUMOURED }, first: 1) { totalCount edges { cursor certainty } pageInfo { hasNextPage } } }',
    ],
    events: [
      all('events', 'minStanding: RUMOURED'),
      '{ events(filter: { people: ["ann"], kinds: [WEDDING, BIRTH] }, minStanding: RUMOURED) { totalCount edges { cursor } } }',
    ],
    articles: [
      all('articles', ''),
      '{ articles(filter: { people: ["ann"] }, first: 1) { totalCount edges { cursor } pageInfo { hasNextPage } } }',
    ],
    between: [all('between', 'a: "ann", b: "bo", minStanding: RUMOURED'), all('between', `a: "ann", b: "bo", ${THEN}`)],
    chain: [
      all('chain', 'from: "ann", to: "dee", alternatives: 20'),
      all(
        'chain',
        'from: "ann", to: "dee", through: { inTimeOrder: true, minStanding: RUMOURED, kinds: [ROMANTIC, FRIEND, PARENT_CHILD] }',
      ),
      all('chain', 'from: "ann", to: "eve", through: { kinds: [ROMANTIC, PARENT_CHILD], minStanding: RUMOURED }'),
      all('chain', 'from: "bo", to: "dee", maxHops: 1'),
    ],
    network: [
      all('network', 'around: ["ann", "dee"], depth: 3, filter: { minStanding: RUMOURED }'),
      all('network', 'around: ["ann"], depth: 3, maxPeople: 3'),
    ],
    commonPartners: [
      all('commonPartners', 'a: "ann", b: "dee", minStanding: RUMOURED'),
      all('commonPartners', 'a: "ann", b: "cid"'),
    ],
    overlaps: [
      ...['ann', 'bo', 'dee'].map((slug) => all('overlaps', `person: "${slug}", certainty: POSSIBLE`)),
      all('overlaps', 'person: "ann", and: "dee", certainty: POSSIBLE'),
    ],
    rankings: ['MOST_PARTNERS', 'LONGEST', 'MOST_REUNIONS'].map((by) => all('rankings', `by: ${by}`)),
    search: [
      '{ search(text: "wedding", first: 2) { totalCount edges { cursor matchedName score node { id } } pageInfo { hasNextPage } } }',
      ...['ann', 'a'].map((text) => all('search', `text: "${text}"`)),
    ],
    stats: [
      '{ stats { byKind { kind byStanding { RUMOURED REPORTED CONFIRMED PROPOSED } } freshness { published retrieved } byOutlet { outlet articles } relationships claims events contradictions waiting byStanding { RUMOURED REPORTED CONFIRMED PROPOSED } byVerdict { ACCEPTED PROPOSED REJECTED } lastChange { seq at } } }',
    ],
    viewer: [all('viewer', '')],
    changes: [all('changes', ''), '{ changes(since: "0", filter: { actor: "test" }) { totalCount edges { cursor } } }'],
    contradictions: [all('contradictions', ''), '{ contradictions(filter: { person: "ann" }) { totalCount } }'],
    reviewQueue: [all('reviewQueue', ''), '{ reviewQueue(filter: { outlet: "The register" }) { totalCount } }'],
    duplicates: [all('duplicates', 'person: "ann"')],
    mergePreview: [all('mergePreview', 'keep: "ann", from: "dee"')],
    // What depends on the first change would stand in the way of taking it back, whoever it is about.
    undoPreview: [all('undoPreview', 'change: "chg_s2", force: true')],
    takedowns: [all('takedowns', ''), '{ takedowns(status: GRANTED) { totalCount } }'],
  };
}

/** What finds somebody by a name, an id or among all people; `ids` are those of the hidden and of whatever there is about them. */
export function byName(ids: readonly string[]): Questions {
  const secret = String(ids[0]);
  const named = ['secret', secret];
  const some = (name: string, other = 'ann') => `a: "${other}", b: "${name}", minStanding: RUMOURED`;
  return {
    people: [
      all('people', ''),
      '{ people(filter: { ids: ["ann", "secret"], withPartners: true }) { totalCount nodes { slug } } }',
      '{ people(filter: { withPartners: false }, orderBy: BIRTH_DESC) { totalCount edges { cursor node { slug } } } }',
      '{ people(filter: { occupation: "spy" }) { totalCount } }',
      '{ people(filter: { externalSource: "wikidata" }) { totalCount } }',
      '{ people(filter: { contested: true }, first: 2) { totalCount pageInfo { hasNextPage endCursor } } }',
    ],
    person: [
      ...named.map((name) => all('person', `id: "${name}"`)),
      all('person', `id: "secret", ${THEN}`),
      all('person', 'externalId: { source: "wikidata", id: "Q9" }'),
    ],
    search: [
      ...['secret', 'secr', 's', 'sceret', 'hush', 'h', 'letter'].map((text) => all('search', `text: "${text}"`)),
      '{ search(text: "secret", types: [PERSON, EVENT, ARTICLE], first: 1) { totalCount pageInfo { hasNextPage endCursor } } }',
    ],
    node: ids.slice(1, 6).map((id) => all('node', `id: "${id}"`)),
    nodes: [
      all(
        'nodes',
        `ids: ["${ids
          .slice(1)
          .filter((id) => !id.startsWith('rel_'))
          .slice(0, 100)
          .join('", "')}"]`,
        1,
      ),
    ],
    relationship: [all('relationship', `id: "${relationshipId('FRIEND', secret, 'per_s00002')}"`)],
    event: ids.filter((id) => id.startsWith('evt_')).map((id) => all('event', `id: "${id}"`)),
    article: [
      'url: "https://example.org/secret"',
      ...ids.filter((id) => id.startsWith('art_')).map((id) => `id: "${id}"`),
    ].map((key) => all('article', key)),
    relationships: named.map(
      (name) =>
        `{ relationships(filter: { people: ["ann", "${name}"], contested: false, minStanding: RUMOURED }) { totalCount edges { cursor } } }`,
    ),
    events: named.map(
      (name) =>
        `{ events(filter: { people: ["ann", "${name}"] }, minStanding: RUMOURED) { totalCount edges { cursor } } }`,
    ),
    articles: named.map((name) => `{ articles(filter: { people: ["${name}"] }) { totalCount edges { cursor } } }`),
    between: [...named.map((name) => all('between', some(name))), all('between', `a: "ann", b: "secret", ${THEN}`)],
    chain: [
      ...named.map((name) => all('chain', `from: "${name}", to: "dee"`)),
      all('chain', 'from: "ann", to: "dee", through: { avoid: ["secret"] }'),
    ],
    network: [all('network', 'around: ["ann", "secret"], depth: 2'), all('network', 'around: ["secret"]')],
    commonPartners: [all('commonPartners', some('secret')), all('commonPartners', some('bo', 'secret'))],
    overlaps: [
      all('overlaps', 'person: "secret"'),
      all('overlaps', 'person: "ann", and: "secret", certainty: POSSIBLE'),
    ],
    stats: ['{ stats { people articles } }'],
    duplicates: [all('duplicates', 'person: "secret"')],
    contradictions: ['{ contradictions(filter: { person: "secret" }) { totalCount } }'],
    reviewQueue: ['{ reviewQueue(filter: { person: "secret" }) { totalCount } }'],
    mergePreview: [all('mergePreview', 'keep: "ann", from: "secret"')],
    changes: ids.slice(0, 3).map((id) => `{ changes(filter: { record: "${id}" }) { totalCount nodes { id } } }`),
  };
}
