import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addYears } from '../../src/domain/day.js';
import { contradictionId } from '../../src/domain/ids.js';
import type { Interval } from '../../src/domain/interval.js';
import { boundsOfDateValue } from '../../src/domain/partial-date.js';
import type { Field, PeriodType } from '../../src/domain/words.js';
import type { Graph } from '../../src/graph/graph.js';
import { verify } from '../../src/store/verify.js';
import { enginesHere } from '../support/engines.js';
import { Telling } from '../support/telling.js';

/** One thing that a register says; told in a random order, a few at a time. */
interface Saying {
  what: 'BIRTH' | 'DEATH' | 'START' | 'END' | 'DATE';
  /** Which person, pair or event. */
  of: number;
  edtf: string;
}

interface Said extends Saying, Interval {
  id: string;
}

const PEOPLE = 4;
const PAIRS = [0, 1, 2, 3].flatMap((a) => [0, 1, 2, 3].filter((b) => a < b).map((b) => [a, b] as const));
const SUBJECTS = { BIRTH: PEOPLE, DEATH: PEOPLE, START: PAIRS.length, END: PAIRS.length, DATE: PAIRS.length };

const saying = fc.constantFrom(...(Object.keys(SUBJECTS) as Saying['what'][])).chain((what) =>
  fc.record({
    what: fc.constant(what),
    of: fc.nat(SUBJECTS[what] - 1),
    edtf: fc
      .tuple(fc.integer({ min: 1960, max: 2015 }), fc.constantFrom('', '-03', '-06-15', '-12-31'))
      .map(([year, rest]) => `${year}${rest}`),
  }),
);

/** At most one saying of each field of each thing: what excludes what is then plain to see. */
const world = fc.record({
  sayings: fc.uniqueArray(saying, { selector: ({ what, of }) => `${what}${of}`, minLength: 6, maxLength: 22 }),
  types: fc.array(fc.constantFrom<PeriodType>('MARRIED', 'MARRIED', 'DATING'), {
    minLength: PAIRS.length,
    maxLength: PAIRS.length,
  }),
});

/** What excludes what by looking at every pair of sayings, but for marriages. */
function byForce(said: readonly Said[]): string[] {
  return said.flatMap((a) =>
    said.flatMap((b) => typesOf(a, b).map((type) => `${type} ${contradictionId([a.id, b.id])}`)),
  );
}

function typesOf(a: Said, b: Said): string[] {
  const lived = b.what !== 'BIRTH' && b.what !== 'DEATH' && (PAIRS[b.of] ?? []).some((person) => person === a.of);
  const found: string[] = [];
  if (a.what === 'BIRTH' && lived && b.max < a.min) found.push('BEFORE_BIRTH');
  if (a.what === 'DEATH' && lived && b.min > a.max) found.push('AFTER_DEATH');
  if (a.what === 'BIRTH' && lived && b.what === 'START' && b.max >= a.min && b.max < addYears(a.min, 16))
    found.push('UNDER_AGE');
  if (a.what === 'BIRTH' && b.what === 'DEATH' && a.of === b.of && a.min > b.max) found.push('DATES_EXCLUDE');
  if (a.what === 'START' && b.what === 'END' && a.of === b.of && a.min > b.max) found.push('DATES_EXCLUDE');
  return found;
}

interface Marriage {
  id: string;
  people: string[];
  startMin: number;
  startMax: number;
  endMin: number;
}

/** Every marriage of the graph against every other, by what is projected of them: the later one, and that there is a claim of each. */
async function overlapsByForce(graph: Graph, said: readonly Said[], periods: readonly string[]): Promise<string[]> {
  const rows =
    await graph.read(`MATCH (a:Person)-[:PARTY_TO]->(r:Relationship)<-[:PARTY_TO]-(b:Person) WHERE a.id < b.id
    MATCH (r)-[:HAS_PERIOD]->(d:Period {type: 'MARRIED'}) WHERE d.standing >= 2
    RETURN d.id AS id, [a.id, b.id] AS people, d.startMin AS startMin, d.startMax AS startMax, d.endMin AS endMin`);
  const marriages = rows as unknown as Marriage[];
  const told = (marriage: Marriage, side: 'min' | 'max', day: number) =>
    (side === 'max' && day === TOLD) ||
    said.some((each) => PERIOD_FIELDS.includes(each.what) && periods[each.of] === marriage.id && each[side] === day);
  return marriages.flatMap((a) =>
    marriages
      .filter((b) => a.id !== b.id && a.people.some((person) => b.people.includes(person)))
      .filter((b) => isBefore(a, b) && a.startMax < b.endMin && b.startMax < a.endMin)
      .filter((b) => told(a, 'min', a.endMin) && told(b, 'max', b.startMax))
      .map((b) => `${b.id} after ${a.id}`),
  );
}

const PERIOD_FIELDS = ['START', 'END'];
const TOLD = boundsOfDateValue({ edtf: '2024-01-01' }).max;
const isBefore = (a: Marriage, b: Marriage) =>
  (a.startMax - b.startMax || a.startMin - b.startMin || (a.id < b.id ? -1 : 1)) < 0;

describe.each(enginesHere({ all: true }))('In random worlds on $name', ({ name, fresh }) => {
  const runs = name.startsWith('Neo4j') ? 4 : 25;

  test('exactly that contradicts what looking at every pair finds, in whatever order it is told', async () => {
    await fc.assert(
      fc.asyncProperty(world, async ({ sayings, types }) => {
        const graph = await fresh();
        const story = new Telling(graph);
        const register = { kind: 'RECORD', published: '2024-01-01', retrieved: TOLD } as const;
        // Nobody says both that something began and that it ended before.
        const other = story.article('Another register', register);
        const first = story.article('A register', register);
        const people = Array.from({ length: PEOPLE }, (_, i) => story.person(`P${i}`));
        const pair = (i: number) => (PAIRS[i] ?? []).map((one) => String(people[one])) as [string, string];
        const periods = types.map((type, i) =>
          story.period(story.relationship('ROMANTIC', ...pair(i)), type, {}, { evidence: 'RECORD' }),
        );
        const events = types.map((_, i) =>
          story.event(
            'MET',
            pair(i).map((person) => ({ person, role: 'PARTY' as const })),
          ),
        );
        await story.tell();
        const subjects = { BIRTH: people, DEATH: people, START: periods, END: periods, DATE: events };
        const said: Said[] = [];
        for (const each of sayings) {
          const value = { date: { edtf: each.edtf } };
          const id = story.claim(String(subjects[each.what][each.of]), each.what as Field, value, {
            evidence: 'RECORD',
            by: each.what === 'END' ? other : first,
          });
          said.push({ ...each, id, ...boundsOfDateValue(value.date) });
          if (said.length % 3 !== 0) await story.tell();
        }
        await story.tell();

        const rows = await graph.read(
          'MATCH (k:Contradiction) RETURN k.type AS type, k.id AS id, k.subject AS subject, [(k)-[:BETWEEN]->(c:Claim) | c.subject] AS subjects',
        );
        const isOverlap = ({ type }: { type?: unknown }) => type === 'MARRIAGE_OVERLAP';
        const found = rows.filter((row) => !isOverlap(row)).map(({ type, id }) => `${type} ${id}`);
        expect(found.sort()).toEqual(byForce(said).sort());
        const after = rows.filter(isOverlap).map(({ subject, subjects: both }) => {
          const other = (both as string[]).find((each) => each !== subject);
          return `${subject} after ${other}`;
        });
        expect(after.sort()).toEqual((await overlapsByForce(graph, said, periods)).sort());
        expect((await verify(graph)).differences).toEqual([]);
      }),
      { numRuns: runs },
    );
  }, 120_000);
});
