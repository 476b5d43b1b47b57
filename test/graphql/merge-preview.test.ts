import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { idFromKey, relationshipId } from '../../src/domain/ids.js';
import type { Graph } from '../../src/graph/graph.js';
import { verify } from '../../src/store/verify.js';
import { type Engine, enginesHere } from '../support/engines.js';
import { Telling } from '../support/telling.js';
import { answerOf, ask } from './asking.js';

interface Preview {
  moves: string[];
  unifies: { from: string; into: string }[];
  removes: string[];
  refusals: { rule: string; record: string }[];
  aliases: object[];
  byType: { type: string; records: number; moves: number; unifies: number; removes: number }[];
  records: number;
  revision: number;
}

interface Edit {
  type: string;
  recordId: string;
  before: string | null;
  after: string | null;
}

const PREVIEW =
  'query ($keep: ID!, $from: ID!) { mergePreview(keep: $keep, from: $from) { moves(first: 100) unifies(first: 100) { from into } removes(first: 100) refusals(first: 100) { rule record } aliases(first: 100) { name kind } byType { type records moves unifies removes } records revision } }';
const MERGE = `mutation ($keep: ID!, $from: ID!, $seen: Int!) { mergePeople(keep: $keep, from: $from, expectedRevision: $seen) {
  change { id edits { type recordId before after } } person { id } } }`;

const NAMES = ['Bo', 'Cy', 'Di'];
const YEARS = [undefined, '2001', '2001-05', '2010'];
/** Romances, parenthood and marks among five people. */
const worlds = fc.array(
  fc.record({
    what: fc.constantFrom('romance', 'romance', 'romance', 'child', 'apart', 'event', 'name'),
    a: fc.nat(4),
    b: fc.nat(4),
    start: fc.constantFrom(...YEARS),
    type: fc.constantFrom('DATING' as const, 'MARRIED' as const),
    verdict: fc.constantFrom('ACCEPTED' as const, 'ACCEPTED' as const, 'PROPOSED' as const),
  }),
  { minLength: 1, maxLength: 8 },
);

const engines = enginesHere();

describe.each(engines)('a merge on $name', ({ name, fresh }) => {
  const runs = name.startsWith('Neo4j') ? 6 : 40;

  test('does what its preview tells, no more and no less, and is taken back whole', { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(worlds, fc.constantFrom('Ann', 'Anne'), async (told, name) => {
        const graph = await fresh();
        const { keep, from } = await tell(graph, told, ['Ann', name, ...NAMES]);
        const before = await everything(graph);
        const asked = { role: 'EDITOR', variables: { keep, from } } as const;
        const preview = (await answerOf<{ mergePreview: Preview }>(graph, PREVIEW, asked)).mergePreview;

        const variables = { keep, from, seen: preview.revision };
        const { data, errors } = await ask(graph, MERGE, { role: 'EDITOR', variables });

        expect((await verify(graph)).differences).toEqual([]);
        if (errors.length > 0) {
          expect(errors[0]?.extensions).toMatchObject({ code: 'REFUSED', ...preview.refusals[0] });
          expect(await everything(graph)).toEqual(before);
          return;
        }
        const { mergePeople } = data as {
          mergePeople: { change: { id: string; edits: Edit[] }; person: { id: string } };
        };
        expect([preview.refusals, mergePeople.person.id]).toEqual([[], keep]);
        agrees(preview, mergePeople.change.edits);
        await answerOf(graph, 'mutation ($id: ID!) { undoChange(change: $id) { conflicts { rule } } }', {
          role: 'EDITOR',
          variables: { id: mergePeople.change.id },
        });
        expect(await everything(graph)).toEqual(before);
      }),
      { numRuns: runs },
    );
  });
});

describe('the preview of a merge', () => {
  test('tells how much of each kind it is about, the names that come, and the places that name who goes', async () => {
    const graph = await (engines[0] as Engine).fresh();
    const story = new Telling(graph);
    const aliases = ['Annie', 'A.'].map((name) => ({ name, kind: 'NICKNAME' as const }));
    const keep = story.person('Ann', { aliases: aliases.slice(0, 1) });
    const [from, bo, gone] = [
      story.person('Anne', { aliases }),
      story.person('Bo'),
      story.person('Gone', { visibility: 'REMOVED' }),
    ];
    const names = [0, 9].map((at) => ({ surface: 'Anne', part: 'TITLE' as const, from: at, to: at + 4, person: from }));
    story.article('Anne and Anne', { mentions: names });
    const hidden = { surface: 'Gone', part: 'TITLE' as const, from: 9, to: 13, person: gone };
    story.article('Anne and Gone', { mentions: [...names.slice(0, 1), hidden] });
    story.period(story.relationship('FRIEND', from, bo), 'UNSPECIFIED');
    story.claim(from, 'OCCUPATION', { text: 'singer' }, { evidence: 'PRINCIPAL', side: from });
    await story.tell();
    const tellsTo = async (role: 'EDITOR' | 'ADMIN') =>
      (
        await answerOf<{ mergePreview: object }>(
          graph,
          `{ mergePreview(keep: "${keep}", from: "${from}") { records mentions aliasCount aliases { name kind } byType { type records moves unifies removes } } }`,
          { role },
        )
      ).mergePreview;
    const byType = (articles: number) => [
      { type: 'Article', records: articles, moves: 0, unifies: 0, removes: 0 },
      { type: 'Citation', records: 1, moves: 0, unifies: 0, removes: 0 },
      { type: 'Claim', records: 1, moves: 1, unifies: 0, removes: 0 },
      { type: 'Person', records: 2, moves: 0, unifies: 1, removes: 0 },
      { type: 'Relationship', records: 1, moves: 1, unifies: 0, removes: 0 },
    ];
    const gained = [{ name: 'Anne', kind: 'SPELLING' }, aliases[1]];

    expect(await tellsTo('EDITOR')).toEqual({
      ...{ records: 6, mentions: 2, byType: byType(1) },
      ...{ aliasCount: 2, aliases: gained },
    });
    expect(await tellsTo('ADMIN')).toEqual({
      ...{ records: 7, mentions: 3, byType: byType(2) },
      ...{ aliasCount: 2, aliases: gained },
    });
  });
});

/** What somebody else may do to the side that stays, after the preview was read. */
const MEANWHILE: [string, (world: Couple) => void][] = [
  ['a relationship with whom the other was with', ({ story, keep, bo }) => story.relationship('FRIEND', keep, bo)],
  ['a period that the other’s unifies with', ({ story, couple }) => story.period(couple, 'DATING', { start: '2001' })],
  ['a date of one that unifies', ({ story, kept }) => story.claim(kept, 'START', { date: { edtf: '2001' } })],
  ['another quote for what is said of one', ({ story, said }) => story.cite(said)],
  ['the verdict on what is said of one', ({ story, said }) => story.edit('Claim', said, { verdict: 'REJECTED' })],
  ['the removal of one', ({ story, unsaid }) => story.edit('Period', unsaid, null)],
  ['an event of the couple', ({ story, keep, bo }) => story.event('WEDDING', party(keep, bo))],
  ['the birth of who stays', ({ story, keep }) => story.born(keep, '1999')],
  ['the birth of whom both were with', ({ story, bo }) => story.born(bo, '1999')],
  ['the day of an article that is cited', ({ story, by }) => story.edit('Article', by, { published: '2018' })],
  ['a mark that the two are different', ({ story, keep, from }) => story.edit('Person', keep, { notSameAs: [from] })],
  ['a mark that moves', ({ story, cy, from }) => story.edit('Person', cy, { notSameAs: [from] })],
  [
    'an answer to what contradicts itself',
    ({ story, said, also }) => story.edit('Resolution', idFromKey('Resolution', 'r'), answer([said, also])),
  ],
];
const party = (...people: string[]) => people.map((person) => ({ person, role: 'PARTY' as const }));
const answer = (claims: string[]) => ({
  ...{ claims, kind: 'UNRESOLVABLE', note: 'So be it', basis: 'x' },
});

type Couple = Awaited<ReturnType<typeof aCouple>>;

/** Two who may be one, both with Bo; and Cy, whom nobody knows. */
async function aCouple(graph: Graph) {
  const story = new Telling(graph);
  const [keep = '', from = '', bo = '', cy = ''] = ['Ann', 'Anne', 'Bo', 'Cy'].map((each) => story.person(each));
  const by = story.article('Ann and Bo');
  const kept = story.marriage(keep, bo);
  const couple = relationshipId('ROMANTIC', keep, bo);
  const unsaid = idFromKey('Period', 'unsaid');
  story.edit('Period', unsaid, { relationship: couple, type: 'ENGAGED' });
  const said = story.claim(kept, 'START', { date: { edtf: '2001' } }, { evidence: 'RECORD' });
  const also = story.claim(kept, 'START', { date: { edtf: '2010' } }, { evidence: 'RECORD' });
  story.marriage(from, bo, { start: '2001' });
  story.marriage(cy, keep, { start: '2015' });
  await story.tell();
  return { ...{ story, keep, from, bo, cy, by }, ...{ kept, couple, unsaid, said, also } };
}

describe('a merge whose preview was read before', () => {
  const [memory] = engines;
  const previewOf = async (graph: Graph, { keep, from }: Couple) => {
    const asked = { role: 'EDITOR', variables: { keep, from } } as const;
    return (await answerOf<{ mergePreview: Preview }>(graph, PREVIEW, asked)).mergePreview;
  };
  const merge = (graph: Graph, { keep, from }: Couple, { revision }: Preview) =>
    ask(graph, MERGE, { role: 'EDITOR', variables: { keep, from, seen: revision } });

  test.each(MEANWHILE)('%s is a CONFLICT, once', async (_what, meanwhile) => {
    const graph = await (memory as Engine).fresh();
    const world = await aCouple(graph);
    const preview = await previewOf(graph, world);
    meanwhile(world);
    const change = await world.story.tell({ actor: 'Di' });

    const stale = await merge(graph, world, preview);
    const before = await everything(graph);
    const again = await previewOf(graph, world);
    const now = await merge(graph, world, again);

    const record = expect.stringMatching(/^(per|rel|prd|clm|cit|evt|art|res)_/);
    expect(stale.errors[0]?.extensions).toMatchObject({ code: 'CONFLICT', actor: 'Di', revision: change?.seq, record });
    expect(again.revision).toBe(change?.seq);
    if (again.refusals.length === 0) expect(now.errors).toEqual([]);
    else expect([now.errors[0]?.extensions.code, await everything(graph)]).toEqual(['REFUSED', before]);
  });

  test('goes on where nothing came that decides it', async () => {
    const graph = await (memory as Engine).fresh();
    const world = await aCouple(graph);
    const preview = await previewOf(graph, world);
    world.story.article('Ann', { mentions: [{ surface: 'Ann', part: 'TITLE', from: 0, to: 3, person: world.keep }] });
    world.story.period(relationshipId('ROMANTIC', world.keep, world.cy), 'MARRIED', { start: '2020' });
    world.story.event('APPEARANCE', party(world.keep));
    await world.story.tell({ actor: 'Di' });

    expect((await merge(graph, world, preview)).errors).toEqual([]);
  });
});

/** The records that became pointers are those that unify; all others that were edited move, or take something over. */
function agrees({ moves, unifies, removes, records, aliases, byType }: Preview, edits: readonly Edit[]): void {
  const after = new Map(
    edits.map((edit) => [edit.recordId, JSON.parse(edit.after ?? '{}') as { mergedInto?: string }]),
  );
  const pointers = [...after].flatMap(([from, { mergedInto }]) => (mergedInto ? [{ from, into: mergedInto }] : []));
  const byFrom = (all: { from: string; into: string }[]) => [...all].sort((a, b) => (a.from < b.from ? -1 : 1));
  expect(byFrom(pointers)).toEqual(byFrom(unifies));
  expect(edits).toHaveLength(records);
  const gone = edits.filter((edit) => edit.after === null).map(({ recordId }) => recordId);
  expect(gone.sort()).toEqual([...removes].sort());
  for (const moved of moves) expect(after.has(moved)).toBe(true);
  const namesIn = (text: string | null) => (JSON.parse(text ?? '{}') as { aliases?: object[] }).aliases ?? [];
  expect(edits.flatMap((edit) => namesIn(edit.after).slice(namesIn(edit.before).length))).toEqual(aliases);
  const typeOf = (id: string) => edits.find(({ recordId }) => recordId === id)?.type;
  const count = (type: string, ids: readonly string[]) => ids.filter((id) => typeOf(id) === type).length;
  expect(byType).toEqual(
    [...new Set(edits.map(({ type }) => type))].sort().map((type) => ({
      type,
      records: edits.filter((edit) => edit.type === type).length,
      moves: count(type, moves),
      unifies: count(
        type,
        [...pointers].map(({ from }) => from),
      ),
      removes: count(type, gone),
    })),
  );
}

async function tell(
  graph: Graph,
  told: typeof worlds extends fc.Arbitrary<infer T> ? T : never,
  names: readonly string[],
) {
  const story = new Telling(graph);
  const people = names.map((each) => story.person(each));
  for (const { what, a, b, start, type, verdict } of told) {
    const [one = '', other = ''] = [people[a], people[b]];
    if (what === 'name') story.claim(one, 'NAME', { text: `Name ${b}` });
    else if (what === 'event') story.event('APPEARANCE', [{ person: one, role: 'PARTY' }], start);
    else if (one === other) continue;
    else if (what === 'apart') story.edit('Person', one, { notSameAs: [other] });
    else if (what === 'child')
      story.period(story.relationship('PARENT_CHILD', one, other), 'BIOLOGICAL', {}, { verdict });
    else
      story.period(story.relationship('ROMANTIC', one, other), type, start === undefined ? {} : { start }, { verdict });
  }
  // Who is parent and child of one person is refused as a story already.
  await story.tell();
  return { keep: String(people[0]), from: String(people[1]) };
}

async function everything(graph: Graph): Promise<object> {
  const rows = await graph.read(
    'MATCH (n) WHERE n.revision IS NOT NULL RETURN n.id AS id, n {.*} AS record ORDER BY id',
  );
  // What comes back waits from then on.
  const since = { revision: 0, waitingSince: 0, oldest: '', strongest: '' };
  return rows.map(({ record }) => ({ ...(record as object), ...since }));
}
