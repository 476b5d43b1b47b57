import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Graph } from '../../src/graph/graph.js';
import { verify } from '../../src/store/verify.js';
import { enginesHere } from '../support/engines.js';
import { Telling } from '../support/telling.js';
import { answerOf, ask } from './asking.js';

interface Preview {
  moves: string[];
  unifies: { from: string; into: string }[];
  refusals: { rule: string; record: string }[];
  records: number;
  revision: number;
}

interface Edit {
  recordId: string;
  after: string | null;
}

const PREVIEW =
  'query ($keep: ID!, $from: ID!) { mergePreview(keep: $keep, from: $from) { moves unifies { from into } refusals { rule record } records revision } }';
const MERGE = `mutation ($keep: ID!, $from: ID!, $seen: Int!) { mergePeople(keep: $keep, from: $from, expectedRevision: $seen) {
  change { id edits { recordId after } } person { id } } }`;

const NAMES = ['Ann', 'Anne', 'Bo', 'Cy', 'Di'];
const YEARS = [undefined, '2001', '2001-05', '2010'];
/** Romances, parenthood and marks among five people. */
const worlds = fc.array(
  fc.record({
    what: fc.constantFrom('romance', 'romance', 'romance', 'child', 'apart', 'event', 'name'),
    a: fc.nat(4),
    b: fc.nat(4),
    start: fc.constantFrom(...YEARS),
    type: fc.constantFrom('DATING' as const, 'MARRIED' as const),
  }),
  { minLength: 1, maxLength: 8 },
);

describe.each(enginesHere())('a merge on $name', ({ name, fresh }) => {
  const runs = name.startsWith('Neo4j') ? 6 : 40;

  test('does what its preview tells, no more and no less, and is taken back whole', { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async (told) => {
        const graph = await fresh();
        const { keep, from } = await tell(graph, told);
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

/** The records that became pointers are those that unify; all others that were edited move, or take something over. */
function agrees({ moves, unifies, records }: Preview, edits: readonly Edit[]): void {
  const after = new Map(
    edits.map((edit) => [edit.recordId, JSON.parse(edit.after ?? '{}') as { mergedInto?: string }]),
  );
  const pointers = [...after].flatMap(([from, { mergedInto }]) => (mergedInto ? [{ from, into: mergedInto }] : []));
  const byFrom = (all: { from: string; into: string }[]) => [...all].sort((a, b) => (a.from < b.from ? -1 : 1));
  expect(byFrom(pointers)).toEqual(byFrom(unifies));
  expect(edits).toHaveLength(records);
  for (const moved of moves) expect(after.has(moved)).toBe(true);
}

async function tell(graph: Graph, told: typeof worlds extends fc.Arbitrary<infer T> ? T : never) {
  const story = new Telling(graph);
  const people = NAMES.map((each) => story.person(each));
  for (const { what, a, b, start, type } of told) {
    const [one = '', other = ''] = [people[a], people[b]];
    if (what === 'name') story.claim(one, 'NAME', { text: `Name ${b}` });
    else if (what === 'event') story.event('APPEARANCE', [{ person: one, role: 'PARTY' }], start);
    else if (one === other) continue;
    else if (what === 'apart') story.edit('Person', one, { notSameAs: [other] });
    else if (what === 'child') story.period(story.relationship('PARENT_CHILD', one, other), 'BIOLOGICAL');
    else story.period(story.relationship('ROMANTIC', one, other), type, start === undefined ? {} : { start });
  }
  // Who is parent and child of one person is refused as a story already.
  await story.tell();
  return { keep: String(people[0]), from: String(people[1]) };
}

async function everything(graph: Graph): Promise<object> {
  const rows = await graph.read(
    'MATCH (n) WHERE n.revision IS NOT NULL RETURN n.id AS id, n {.*} AS record ORDER BY id',
  );
  return rows.map(({ record }) => ({ ...(record as object), revision: 0 }));
}
