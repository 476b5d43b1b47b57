import type { GraphQLObjectType } from 'graphql';
import { contradictionId, relationshipId } from '../../src/domain/ids.js';
import type { Person } from '../../src/domain/records.js';
import type { Graph } from '../../src/graph/graph.js';
import { createSchema } from '../../src/graphql/schema.js';
import { Telling } from '../support/telling.js';
import { answerOf } from './asking.js';
import { branchOf, everythingOf } from './everything.js';
import { all, each, type Questions } from './hidden.js';

/** Words of the desk's work: notes, those who work there, contacts, texts, what waits and what was rejected. */
export const DESK_WORDS = [
  ...['DeskNote', 'DeskBatch', 'DeskVerdict', 'DeskAnswer', 'DeskContact', 'DeskReason', 'DeskDecision'],
  ...['DeskEd', 'DeskRex', 'DeskMachine', 'DeskText', 'DeskSurface', 'DeskWaits', 'DeskQuote', 'DeskRejected'],
];
const TITLE = 'Ann and Bo, the story';
const TEXT = 'DeskText. Ann met Bo. They wed in May. DeskQuote. DeskSurface.';
const at = (quote: string) => ({ quote, from: TEXT.indexOf(quote) });
const RECORD = { evidence: 'RECORD' } as const;

/** A graph in which every field of the schema has something to answer, and the questions, by field of Query, that ask for all of it. */
export async function aWorldOfFields(graph: Graph): Promise<Questions> {
  const story = new Telling(graph);
  const told = { ...peopleIn(story), ...sourcesIn(story) };
  const couple = coupleIn(story, told);
  const desk = whatWaitsIn(story, { ...told, ...couple });
  const revision = Number((await story.tell({ actor: 'DeskEd', batch: 'DeskBatch' }))?.seq);
  const changes = await deskWork(graph, { ...told, ...couple, ...desk }, revision);
  return questionsAbout({ ...told, ...couple, ...desk }, changes);
}

function peopleIn(story: Telling) {
  const person = (name: string, more: Partial<Person> = {}) =>
    story.person(name, { slug: name.toLowerCase(), ...more });
  const ann = person('Ann', {
    description: 'A singer',
    aliases: [{ name: 'Annie', kind: 'NICKNAME' }],
    externalIds: ['wikidata:Q1'],
  });
  person('Lone');
  const [bo, cid, dee, zoe] = [person('Bo'), person('Cid'), person('Dee'), person('Zoe')];
  const [annie, old, gone] = [person('Annie'), person('Old'), person('Gone')];
  const [sue, kid] = [person('Sue', { visibility: 'LIMITED' }), person('Kid', { adult: false })];
  return { ann, bo, cid, dee, zoe, annie, old, gone, sue, kid };
}
type People = ReturnType<typeof peopleIn>;

function sourcesIn(story: Telling) {
  const agency = story.article('Agency', { kind: 'RECORD', outlet: 'Agency' });
  const named = story.person('Somebody');
  const place = TEXT.indexOf('DeskSurface');
  const mentions = [
    { surface: 'DeskSurface', part: 'TEXT', from: place, to: place + 'DeskSurface'.length, person: named } as const,
  ];
  const about = { author: 'A writer', language: 'en', url: 'https://example.org/paper' };
  const paper = story.article(TITLE, { ...about, text: TEXT, basedOn: [agency], mentions });
  story.article('The register', { kind: 'RECORD' });
  return { agency, paper };
}

function coupleIn(story: Telling, { ann, bo, cid, dee, zoe, gone, sue, kid, agency, paper }: People & Sources) {
  story.claim(ann, 'BIRTH', { date: { edtf: '1980-05', text: 'in May 1980', marginDays: 3 } }, RECORD);
  const vague = story.born(ann, '1980', { by: agency });
  const sings = story.claim(ann, 'OCCUPATION', { text: 'singer' }, { evidence: 'PRINCIPAL', side: ann });
  story.born(bo, '1978-02-03');
  story.claim(bo, 'DEATH', { date: { edtf: '2019' } }, RECORD);
  const couple = story.relationship('ROMANTIC', ann, bo);
  const dating = story.period(couple, 'DATING', { start: '2001', end: '2005-05' }, RECORD);
  story.claim(dating, 'END_REASON', { reason: 'PROGRESSED' }, RECORD);
  const both = [ann, bo].map((person) => ({ person, role: 'PARTY' as const }));
  const wedding = story.event('WEDDING', both, '2005-05');
  story.claim(wedding, 'PLACE', { text: 'Rome' }, RECORD);
  const guest = story.claim(wedding, 'PARTICIPANT', { person: cid, role: 'GUEST' }, RECORD);
  const marriage = story.period(couple, 'MARRIED', { start: '2005', apart: '2011' }, RECORD);
  story.edit('Period', marriage, { startedBy: wedding });
  const one = story.claim(marriage, 'END', { date: { edtf: '2012-03-04' } }, RECORD);
  const other = story.claim(marriage, 'END', { date: { edtf: '2014' } }, RECORD);
  story.edit('Claim', one, { verdictNote: 'DeskVerdict', extractor: 'DeskMachine' });
  const why = story.claim(marriage, 'END_REASON', { reason: 'DIVORCE' }, RECORD);
  const placed = story.cite(why, { ...RECORD, by: paper, quoted: at('They wed in May') });
  const denied = story.claim(marriage, 'EXISTS', { state: 'PAST' }, { polarity: 'DENIES', evidence: 'OUTLET' });
  for (const [a, b, start, end] of [
    [ann, cid, '2016', '2017'],
    [ann, cid, '2018-06', '2019'],
    [bo, cid, '2010', '2013'],
    [cid, dee, '2018', '2019'],
    [ann, gone, '2001', '2002'],
    [bo, dee, '2002', '2003'],
    [bo, zoe, '2004', '2005'],
  ] as const)
    story.period(story.relationship('ROMANTIC', a, b), 'DATING', { start, end }, RECORD);
  for (const friend of [sue, dee])
    story.period(story.relationship('FRIEND', ann, friend), 'UNSPECIFIED', { start: '2000' }, { evidence: 'OUTLET' });
  for (const parent of [ann, bo])
    story.period(story.relationship('PARENT_CHILD', parent, kid), 'BIOLOGICAL', {}, RECORD);
  story.born(kid, '2014');
  const next = relationshipId('ROMANTIC', ann, cid);
  return { couple, next, dating, wedding, marriage, placed, one, other, vague, sings, guest, why, denied };
}
type Sources = ReturnType<typeof sourcesIn>;
type Couple = ReturnType<typeof coupleIn>;

/** What nobody has decided about yet. */
function whatWaitsIn(story: Telling, { ann, cid, zoe, marriage, paper }: People & Sources & Couple) {
  const waits = { verdict: 'PROPOSED', by: paper, quoted: at('DeskQuote') } as const;
  const sooner = story.claim(marriage, 'START', { date: { edtf: '2005-05-06', text: 'DeskWaits' } }, waits);
  story.edit('Claim', sooner, { extractor: 'DeskMachine' });
  const rejected = story.claim(ann, 'NAME', { text: 'DeskRejected' }, waits);
  // In the way of their merge.
  story.period(story.relationship('COLLABORATION', cid, zoe), 'UNSPECIFIED', {}, waits);
  return { sooner, rejected };
}
type Told = People & Sources & Couple & ReturnType<typeof whatWaitsIn>;

/**
 * What is done with that, in the words of those who work at the desk; answers two changes of one field, one of to whom somebody shows,
 * and one that made whom something hangs on.
 */
async function deskWork(graph: Graph, told: Told, revision: number): Promise<string[]> {
  const { ann, annie, old, gone, sue, sooner, rejected, one, other, paper } = told;
  const order = <Data = object>(text: string) =>
    answerOf<Data>(graph, `mutation { ${text} }`, { role: 'ADMIN', as: 'DeskRex' });
  const describe = async (description: string, seq: number) => {
    const set = `set: {description: "${description}"}, expectedRevision: ${seq}`;
    const { updatePerson } = await order<{ updatePerson: { change: { id: string; seq: number } } }>(
      `updatePerson(id: "${ann}", ${set}) { change { id seq } }`,
    );
    return updatePerson.change;
  };
  const show = async (visibility: string, seq: number) => {
    const { setVisibility } = await order<{ setVisibility: { change: { id: string; seq: number } } }>(
      `setVisibility(id: "${ann}", visibility: ${visibility}, expectedRevision: ${seq}) { change { id seq } }`,
    );
    return setVisibility.change;
  };
  await order(`openClaim(id: "${sooner}") { claim { id } }`);
  const reject = `decide: REJECT, reason: OTHER, note: "DeskVerdict too", expectedRevision: ${revision}`;
  await order(`decideClaims(decisions: [{claim: "${rejected}", ${reject}}], note: "DeskNote") { change { id } }`);
  const answer = `kind: PREFER, prefer: "${one}", note: "DeskAnswer"`;
  await order(`resolveContradiction(id: "${contradictionId([one, other])}", ${answer}) { change { id } }`);
  const first = await describe('A dancer', revision);
  const second = await describe('A singer and dancer', first.seq);
  const shown = await show('PUBLIC', (await show('PRIVATE', second.seq)).seq);
  const taken = await describe('A diver', shown.seq);
  await order(`undoChange(change: "${taken.id}") { change { id } }`);
  const { createPerson: made } = await order<{ createPerson: { change: { id: string }; person: { id: string } } }>(
    'createPerson(input: {name: "DeskNewcomer"}) { change { id } person { id } }',
  );
  const said = `field: OCCUPATION, value: {text: "DeskWaits"}, cite: [{article: "${paper}", quote: "DeskQuote", evidence: OUTLET}]`;
  await order(`proposeClaims(statements: [{subject: "${made.person.id}", claims: [{${said}}]}]) { change { id } }`);
  await order(`mergePeople(keep: "${annie}", from: "${old}") { change { id } }`);
  for (const person of [sue, gone])
    await order(`requestTakedown(person: "${person}", reason: "DeskReason", contact: "DeskContact") { received }`);
  const { takedowns } = await answerOf<{ takedowns: { nodes: { id: string; person: { id: string } }[] } }>(
    graph,
    '{ takedowns { nodes { id person { id } } } }',
    { role: 'ADMIN' },
  );
  const ofGone = takedowns.nodes.find(({ person }) => person.id === gone);
  await order(`decideTakedown(id: "${ofGone?.id}", decision: GRANT, note: "DeskDecision") { takedown { id } }`);
  return [first.id, second.id, shown.id, made.change.id];
}

const schema = createSchema();
const type = (name: string) => schema.getType(name) as GraphQLObjectType;
const part = (id: string, of: string, text: string) => `{ node(id: "${id}") { __typename ... on ${of} { ${text} } } }`;
const deep = (id: string, of: string, name: string) => part(id, of, branchOf(schema, type(of), name, 3));
const SOME = '{ __typename id }';
const CHAIN = `{ chain(from: "ann", to: "dee") { __typename ... on ChainsFound { __typename chains { __typename people ${SOME} weakest { __typename standing }
  links { __typename from ${SOME} to ${SOME} relationship ${SOME} period ${SOME} certainty standing } } } } }`;

function questionsAbout(told: Told, changes: readonly string[]): Questions {
  const { couple, next, marriage, dating, wedding, paper, agency, gone, kid, cid, placed, sooner, rejected } = told;
  const claims = [told.one, told.vague, told.sings, told.why, told.guest, told.denied, sooner, rejected];
  const node = (id: string, of: string) => each('node', `id: "${id}"`, of);
  return {
    node: [
      ...[marriage, dating].flatMap((id) => node(id, 'Period')),
      ...claims.map((id) => part(id, 'Claim', everythingOf(schema, type('Claim'), 2))),
      ...node(placed, 'Citation'),
      all('node', `id: "${gone}"`),
      part(marriage, 'Period', `why(field: START) ${SOME}`),
      ...['hint', 'value'].map((name) => deep(sooner, 'Claim', name)),
      ...[told.one, told.guest].map((id) => deep(id, 'Claim', 'value')),
      part(told.sings, 'Claim', `citations { __typename nodes { __typename side ${SOME} } }`),
      deep(rejected, 'Claim', 'rejectedBefore'),
      ...['coupleFacts', 'together'].map((name) => deep(next, 'Relationship', name)),
      deep(cid, 'Person', 'timeline'),
    ],
    nodes: [all('nodes', `ids: ["${[couple, wedding, paper].join('", "')}"]`)],
    person: [
      ...['ann', 'bo'].flatMap((slug) => each('person', `id: "${slug}"`, 'Person')),
      all('person', 'id: "old"'),
      all('person', `id: "${kid}"`),
      '{ person(id: "ann") { __typename partners(at: "2002") { __typename edges { __typename certainty } } } }',
    ],
    people: [all('people', '')],
    relationship: each('relationship', `id: "${couple}"`, 'Relationship'),
    relationships: [all('relationships', 'filter: { minStanding: RUMOURED, at: "2005" }')],
    between: [all('between', 'a: "ann", b: "bo"')],
    event: each('event', `id: "${wedding}"`, 'Event'),
    events: [all('events', '')],
    article: [paper, agency].flatMap((id) => each('article', `id: "${id}"`, 'Article')),
    articles: [all('articles', '')],
    search: [all('search', 'text: "ann"')],
    chain: [
      CHAIN,
      all('chain', 'from: "ann", to: "dee"'),
      ...['to: "lone"', 'to: "nobody"', 'to: "dee", maxHops: 1'].map((to) => all('chain', `from: "ann", ${to}`)),
    ],
    network: [all('network', 'around: ["ann"]', 3)],
    commonPartners: [all('commonPartners', 'a: "ann", b: "dee"')],
    overlaps: [all('overlaps', 'person: "bo", certainty: POSSIBLE')],
    rankings: ['LONGEST', 'MOST_PARTNERS'].map((by) => all('rankings', `by: ${by}`)),
    stats: [all('stats', '', 3)],
    viewer: [all('viewer', '')],
    changes: [all('changes', '', 3)],
    contradictions: [all('contradictions', '', 3)],
    reviewQueue: [all('reviewQueue', '')],
    duplicates: [all('duplicates', 'person: "ann"')],
    mergePreview: ['keep: "ann", from: "cid"', 'keep: "cid", from: "zoe"'].map((two) => all('mergePreview', two)),
    undoPreview: changes.map((id) => all('undoPreview', `change: "${id}"`, 3)),
    takedowns: [all('takedowns', ''), all('takedowns', 'status: GRANTED')],
  };
}
