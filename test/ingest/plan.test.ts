import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { idFromKey } from '../../src/domain/ids.js';
import type { Person } from '../../src/domain/records.js';
import { World } from '../../src/domain/world.js';
import type { Decisions } from '../../src/ingest/named.js';
import { planLine } from '../../src/ingest/plan.js';
import { parseLines } from '../../src/ingest/rows.js';

const ACCEPT: Decisions = { accept: true, visibility: 'PUBLIC', adults: true };
const PROPOSE: Decisions = { accept: false, visibility: 'LIMITED', adults: false };

const person = (key: string, given: object = {}) => ({ row: 'person', key, name: key, ...given });
const paper = (key: string, given: object = {}) => ({
  row: 'article',
  key,
  kind: 'DATASET',
  title: key,
  retrieved: '2026-11-25',
  ...given,
});
const cite = (article: string, given: object = {}) => ({ article, quote: 'as it says', evidence: 'DATASET', ...given });
const dated = (field: string, date: string, article = 'one') => ({ field, value: { date }, cite: cite(article) });
const married = (claims: object[], given: object = {}) => ({
  row: 'relationship',
  kind: 'ROMANTIC',
  type: 'MARRIED',
  a: 'Ann',
  b: 'Bo',
  claims,
  ...given,
});
const STAGE = [person('Ann'), person('Bo'), paper('one'), paper('two')];

/** Plans each item as a line of its own; an item that is a list is one line. */
function plan(world: World, items: readonly (object | object[])[], decisions = ACCEPT) {
  const lines = parseLines(items.map((item, at) => ({ line: at + 1, rows: [item].flat() })));
  return lines.map((line) => planLine(world, line, decisions));
}

const idOf = (key: string) => idFromKey('Person', key);

function worldWith(...items: (object | object[])[]): World {
  const world = new World();
  plan(world, [...STAGE, ...items]);
  return world;
}

/** What each period of the one marriage is said to be, and what is said of the relationship. */
function story(world: World, edits: ReturnType<typeof plan>) {
  const made = edits.flatMap((line) => line.edits);
  const relationship = made.find(({ type }) => type === 'Relationship')?.id ?? '';
  const said = (subject: string) =>
    world.claimsAbout(subject).map(({ claim, citations }) => {
      const value = 'date' in claim.value ? claim.value.date.edtf : Object.values(claim.value).join();
      return `${claim.field} ${value} ×${citations.length}`;
    });
  return { periods: world.periodsOf(relationship).map(({ id }) => said(id)), pair: said(relationship) };
}

describe('planning rows', () => {
  test('makes people, relationship, period, claims and citations as the importing person decides', () => {
    const world = new World();

    const [ann, , , , line] = plan(world, [...STAGE, married([dated('START', '1990')])], PROPOSE);

    expect(ann?.edits).toMatchObject([{ type: 'Person', set: { slug: 'ann', visibility: 'LIMITED', adult: false } }]);
    expect(line?.edits.map(({ type }) => type)).toEqual(['Relationship', 'Period', 'Claim', 'Citation']);
    expect(line?.edits.slice(2)).toMatchObject([{ set: { verdict: 'PROPOSED' } }, { set: { verdict: 'PROPOSED' } }]);
  });

  test('gives the second of two equal slugs the beginning of its id', () => {
    const world = worldWith(person('A A Milne'));

    const [planned] = plan(world, [person('A. A. Milne')]);

    expect(planned?.edits[0]?.set).toMatchObject({ slug: expect.stringMatching(/^a-a-milne-[0-9a-f]{8}$/) });
  });

  test('adds a citation where another article says the same, and nothing where the same one does', () => {
    const world = new World();
    const rows = [dated('START', '1990'), dated('START', '1990', 'two'), dated('START', '1990')].map((c) =>
      married([c]),
    );

    const planned = plan(world, [...STAGE, ...rows]);

    expect(story(world, planned).periods).toEqual([['START 1990 ×2']]);
    expect(planned.at(-1)).toEqual({ line: 7, edits: [], problems: [] });
  });

  test('adds what is new in a row of which its article says a part already, and that only', () => {
    const world = new World();
    const start = dated('START', '1990');

    const planned = plan(world, [...STAGE, married([start]), married([start, dated('END', '1995')])]);

    expect(story(world, planned).periods).toEqual([['START 1990 ×1', 'END 1995 ×1']]);
  });

  test('takes two marriages of one pair apart, whichever way round the pair is written', () => {
    const world = new World();
    const divorce = { field: 'END_REASON', value: { reason: 'DIVORCE' }, cite: cite('one') };
    const first = [dated('START', '1964-03-15'), dated('END', '1974-06-26'), divorce];
    const second = [dated('START', '1975-10-10'), dated('END', '1976-07-29'), divorce];

    const planned = plan(world, [...STAGE, married(first), married(second, { a: 'Bo', b: 'Ann' }), married(first)]);

    expect(story(world, planned).periods).toEqual([
      ['START 1964-03-15 ×1', 'END 1974-06-26 ×1', 'END_REASON DIVORCE ×1'],
      ['START 1975-10-10 ×1', 'END 1976-07-29 ×1', 'END_REASON DIVORCE ×1'],
    ]);
  });

  test('takes what fits several periods as said of the relationship, and loading it again changes nothing', () => {
    const world = new World();
    const past = married([{ field: 'EXISTS', value: { state: 'PAST' }, cite: cite('two') }]);
    const rows = [
      past,
      married([dated('START', '1964'), dated('END', '1974')]),
      married([dated('START', '1976')]),
      past,
    ];
    const other = married([{ field: 'END_REASON', value: { reason: 'DIVORCE' }, cite: cite('two') }]);

    const planned = plan(world, [...STAGE, ...rows, other]);
    const again = plan(world, [...STAGE, ...rows, other]);

    expect(story(world, planned)).toEqual({
      periods: [['EXISTS PAST ×1', 'START 1964 ×1', 'END 1974 ×1'], ['START 1976 ×1']],
      pair: ['END_REASON DIVORCE ×1'],
    });
    expect(again.flatMap(({ edits }) => edits)).toEqual([]);
  });

  test('takes a near start as another date of one period when accepting, and as a period of its own when not', () => {
    const rows = [married([dated('START', '1990-03-01')]), married([dated('START', '1990-10-01', 'two')])];
    const far = married([dated('START', '1992-03-01', 'two')]);
    const accepting = new World();
    const proposing = new World();

    const accepted = plan(accepting, [...STAGE, ...rows, far]);
    const proposed = plan(proposing, [...STAGE, ...rows], PROPOSE);

    expect(story(accepting, accepted).periods).toEqual([
      ['START 1990-03-01 ×1', 'START 1990-10-01 ×1'],
      ['START 1992-03-01 ×1'],
    ]);
    expect(story(proposing, proposed).periods).toHaveLength(2);
  });

  test('keeps two marriages apart that lie within a year, where the one ended before the other began', () => {
    const world = new World();
    const first = married([dated('START', '1990-01-10'), dated('END', '1990-05-01')]);

    const planned = plan(world, [
      ...STAGE,
      first,
      married([dated('START', '1990-09-01', 'two')]),
      married([dated('START', '1990-11-01')]),
    ]);

    expect(story(world, planned).periods).toEqual([
      ['START 1990-01-10 ×1', 'END 1990-05-01 ×1'],
      ['START 1990-09-01 ×1', 'START 1990-11-01 ×1'],
    ]);
  });

  test('aims a row without a type at whatever the two have, and makes a period only where there is none', () => {
    const world = new World();
    const vague = married([{ field: 'EXISTS', value: { state: 'PAST' }, cite: cite('two') }], { type: 'UNSPECIFIED' });

    const planned = plan(world, [...STAGE, married([dated('START', '1990')]), vague]);
    const alone = new World();
    const only = plan(alone, [...STAGE, vague]);

    expect(story(world, planned).periods).toEqual([['START 1990 ×1', 'EXISTS PAST ×1']]);
    expect(only.at(-1)?.edits.find(({ type }) => type === 'Period')?.set).toMatchObject({ type: 'UNSPECIFIED' });
  });

  test('puts rows of one period key together, whatever their dates', () => {
    const world = new World();
    const key = { period: 'the one' };

    const planned = plan(world, [
      ...STAGE,
      married([dated('START', '1990')], key),
      married([dated('START', '2001', 'two')], key),
    ]);

    expect(story(world, planned).periods).toEqual([['START 1990 ×1', 'START 2001 ×1']]);
  });

  test('turns parent and child who were only proposed, and leaves out a row against what is accepted', () => {
    const world = worldWith();
    const family = (a: string, b: string, article: string) => ({
      ...{ row: 'relationship', kind: 'PARENT_CHILD', type: 'BIOLOGICAL', a, b },
      claims: [{ field: 'EXISTS', value: { state: 'PAST' }, cite: cite(article) }],
    });
    plan(world, [family('Ann', 'Bo', 'one')], PROPOSE);

    const [turned] = plan(world, [family('Bo', 'Ann', 'two')]);
    const [against, again] = plan(world, [family('Ann', 'Bo', 'two'), family('Ann', 'Bo', 'one')]);

    expect(turned?.edits).toMatchObject([
      { type: 'Claim', set: { verdict: 'REJECTED' } },
      { type: 'Relationship', set: { a: idOf('Bo'), b: idOf('Ann') } },
      ...['Period', 'Claim', 'Citation'].map((type) => ({ type })),
    ]);
    expect(against).toMatchObject({ edits: [], problems: [{ rule: 'PARENT_AND_CHILD' }] });
    expect(again).toMatchObject({ edits: [], problems: [] });
  });

  test('lifts a proposed claim only for somebody who accepts', () => {
    const world = new World();
    plan(world, [...STAGE, married([dated('START', '1990')])], PROPOSE);

    const [planned] = plan(world, [married([dated('START', '1990', 'two')])]);

    expect(planned?.edits.map(({ type, set }) => [type, set?.verdict])).toEqual([
      ['Claim', 'ACCEPTED'],
      ['Citation', 'ACCEPTED'],
    ]);
  });

  test('proposes nothing again from the article that a claim was rejected from', () => {
    const rejected = { ...dated('START', '1990'), verdict: 'REJECTED' };
    const world = worldWith(married([rejected], { period: 'the one' }));

    const [same, other] = plan(world, [
      married([dated('START', '1990')], { period: 'the one' }),
      married([dated('START', '1990', 'two')], { period: 'the one' }),
    ]);

    expect(same?.edits).toEqual([]);
    expect(other?.edits.map(({ type, set }) => [type, set?.verdict])).toEqual([
      ['Claim', 'ACCEPTED'],
      ['Citation', 'ACCEPTED'],
    ]);
  });

  test('changes nothing of a record that is there', () => {
    const world = worldWith();

    const planned = plan(world, [
      person('Ann', { name: 'Anna', visibility: 'PRIVATE' }),
      paper('one', { title: 'Two' }),
    ]);

    expect(planned.flatMap(({ edits }) => edits)).toEqual([]);
  });
});

describe('planning rows around merged and removed people', () => {
  const known = (given: Partial<Person>) => {
    const world = new World();
    const id = idFromKey('Person', 'Ann');
    const ann = { id, slug: 'ann', name: 'Ann', aliases: [], description: null, externalIds: [], notSameAs: [] };
    const record: Person = { ...ann, visibility: 'PUBLIC', adult: true, mergedInto: null, ...given };
    world.learn({ records: [record], slugs: [], gone: [] });
    return world;
  };

  test('leaves out whoever was taken down, by id, with everything said of them', () => {
    const world = known({ visibility: 'REMOVED', name: 'removed' });

    const planned = plan(world, [...STAGE, married([dated('START', '1990')])]);

    expect(planned.map(({ edits }) => edits.length)).toEqual([0, 1, 1, 1, 0]);
    expect(planned[4]?.problems[0]).toMatchObject({ line: 5, field: 'a', rule: 'REMOVED', leaves: 'ROW' });
  });

  test('speaks of the survivor of a merge, and refuses a pair that became one person', () => {
    const survivor = idFromKey('Person', 'Bo');
    const world = known({ mergedInto: survivor });

    const planned = plan(world, [
      person('Bo'),
      person('Cy'),
      paper('one'),
      married([dated('START', '1990')]),
      married([dated('START', '1990')], { b: 'Cy' }),
    ]);

    expect(planned[3]?.problems[0]).toMatchObject({ rule: 'SELF_PAIR', leaves: 'ROW' });
    const relationship = planned[4]?.edits.find(({ type }) => type === 'Relationship');
    expect([relationship?.set?.a, relationship?.set?.b]).toContain(survivor);
  });
});

describe('a line that breaks a rule', () => {
  test.each([
    ['an end before the start', married([dated('START', '2011'), dated('END', '2010-12')]), 'DATE_ORDER'],
    ['somebody whom nobody named', married([dated('START', '1990')], { a: 'Zed' }), 'UNKNOWN_KEY'],
    ['an article that nobody named', married([dated('START', '1990', 'three')]), 'UNKNOWN_KEY'],
    ['a date after its article', married([dated('START', '2027')]), 'FUTURE'],
    ['a quote that its text does not have', [paper('p', { kind: 'NEWS', text: 'No.' }), said('p', 'Yes.')], 'QUOTE'],
    ['a mention that its text does not have', paper('p', { text: 'No.', mentions: [mention('Yes')] }), 'MENTION'],
    ['a side that is no party', married([{ ...dated('START', '1990'), cite: principal('Cy') }]), 'UNKNOWN_KEY'],
    ['evidence that its article can not be', [paper('p', { kind: 'NEWS' }), said('p', 'Yes.', 'DATASET')], 'EVIDENCE'],
  ])('is left out whole: %s', (_, item, rule) => {
    const world = worldWith();

    const planned = plan(world, [item, married([dated('START', '1990')])]);

    expect(planned[0]).toMatchObject({ edits: [], problems: [{ line: 1, rule, leaves: 'ROW' }] });
    expect(planned[1]?.edits.map(({ type }) => type)).toEqual(['Relationship', 'Period', 'Claim', 'Citation']);
  });

  test('is refused for its own order of dates where they are said of the relationship', () => {
    const world = worldWith(married([dated('START', '1989')]));

    const [planned] = plan(world, [married([dated('START', '1970'), dated('END', '1960')], { type: 'UNSPECIFIED' })]);

    expect(planned).toMatchObject({ edits: [], problems: [{ rule: 'DATE_ORDER' }] });
  });

  test('is refused for the order of dates that its article gives in two rows', () => {
    const world = worldWith(married([dated('START', '1989')]));

    const [planned] = plan(world, [married([dated('START', '1989'), dated('END', '1980')])]);

    expect(planned).toMatchObject({ edits: [], problems: [{ rule: 'DATE_ORDER' }] });
  });

  function said(article: string, quote: string, evidence = 'OUTLET') {
    return married([{ ...dated('START', '1990'), cite: cite(article, { quote, evidence }) }]);
  }
  function principal(side: string) {
    return cite('one', { evidence: 'PRINCIPAL', side });
  }
  function mention(surface: string) {
    return { person: 'Ann', surface };
  }
});

test('a row of which everything was said already stays unsaid when what it fits has changed since', () => {
  const divorce = (article: string) => ({ field: 'END_REASON', value: { reason: 'DIVORCE' }, cite: cite(article) });
  const rows = [
    married([dated('START', '1953', 'two'), dated('END', '1954', 'two')]),
    married([dated('END', '1950', 'two'), divorce('two')]),
    married([dated('END', '1955'), divorce('one')]),
    married([dated('END', '1954', 'two'), divorce('two')]),
    married([dated('START', '1955')]),
  ].map((row, at) => (at === 0 || at === 3 ? { ...row, type: 'UNSPECIFIED' } : row));
  const world = new World();
  plan(world, [...STAGE, ...rows], PROPOSE);

  const again = plan(world, [...STAGE, ...rows], PROPOSE);

  expect(again.flatMap(({ edits }) => edits)).toEqual([]);
});

test('whatever is loaded twice changes nothing the second time', () => {
  const year = fc.integer({ min: 1950, max: 1960 }).map(String);
  const claims = fc.oneof<fc.Arbitrary<object[]>[]>(
    fc
      .tuple(year, fc.option(fc.nat(8)))
      .map(([start, length]) => [
        dated('START', start),
        ...(length === null ? [] : [dated('END', String(Number(start) + length))]),
      ]),
    fc.constant([{ field: 'EXISTS', value: { state: 'PAST' }, cite: cite('one') }]),
    year.map((end) => [dated('END', end), { field: 'END_REASON', value: { reason: 'DIVORCE' }, cite: cite('one') }]),
  );
  const from = (article: string) => (claim: object) => ({ ...claim, cite: cite(article) });
  const row = fc
    .record({
      claims,
      article: fc.constantFrom('one', 'two'),
      type: fc.constantFrom('MARRIED', 'DATING', 'UNSPECIFIED'),
    })
    .map(({ claims: list, article, type }) => married(list.map(from(article)), { type }));

  fc.assert(
    fc.property(fc.array(row, { maxLength: 12 }), fc.boolean(), (rows, accept) => {
      const world = new World();
      const decisions = accept ? ACCEPT : PROPOSE;
      plan(world, [...STAGE, ...rows], decisions);

      const again = plan(world, [...STAGE, ...rows], decisions);

      expect(again.flatMap(({ edits }) => edits)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
