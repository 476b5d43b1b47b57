import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Person } from '../../src/domain/records.js';
import { mergePeople } from '../../src/editing/merge.js';
import { undo } from '../../src/editing/undo.js';
import type { Graph } from '../../src/graph/graph.js';
import { loadRecords, type Stored } from '../../src/store/load.js';
import { verify } from '../../src/store/verify.js';
import { enginesHere } from '../support/engines.js';
import { refusedOr } from '../support/random-history.js';
import { editorOf } from '../support/random-steps.js';
import { Telling } from '../support/telling.js';
import { Truth } from '../support/told-of.js';

const NAMES = ['Ann', 'Anne', 'Anna', 'Bo', 'Cy'] as const;
const YEARS = [undefined, '2004', '2010', '2010-05'] as const;

/** Whom the people who are one, and some who aren't, were married to. */
const marriage = fc.record({ a: fc.nat(2), b: fc.constantFrom(3, 4), start: fc.constantFrom(...YEARS) });
const marriages = fc.array(marriage, { minLength: 2, maxLength: 6 });
const step = fc.record({
  what: fc.constantFrom('merge', 'merge', 'merge', 'undo', 'undo', 'undo', 'say', 'name', 'reject'),
  one: fc.nat(30),
  other: fc.nat(30),
} as const);
/** Two merges and an undo of one of them, then anything. */
const first = fc.tuple(...(['merge', 'merge', 'undo'] as const).map((what) => step.map((any) => ({ ...any, what }))));
const steps = fc.tuple(first, fc.array(step, { maxLength: 6 })).map((parts) => parts.flat());
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** A few people who are told of in every way, in which `lives` merges, undoes and edits. */
class Lives {
  private readonly story: Telling;
  private readonly truth = new Truth();
  private readonly merges: string[] = [];
  private readonly done: string[] = [];
  private orders = 0;

  constructor(private readonly graph: Graph) {
    this.story = new Telling(graph);
  }

  async begin(married: readonly { a: number; b: number; start: string | undefined }[]): Promise<void> {
    const { story } = this;
    const people = NAMES.map((name, i) =>
      story.person(name, { aliases: [{ name: `${name}y`, kind: 'NICKNAME' }], externalIds: [`wikidata:Q${i + 1}`] }),
    );
    const mentions = NAMES.map((surface, i) => {
      const from = NAMES.slice(0, i).join(' ').length + Math.min(i, 1);
      return { surface, part: 'TEXT', from, to: from + surface.length, person: String(people[i]) } as const;
    });
    story.article('Who they are', { text: NAMES.join(' '), mentions });
    story.article('A register', { kind: 'RECORD' });
    people.forEach((side, i) => {
      story.claim(side, 'OCCUPATION', { text: `work of ${NAMES[i]}` }, { evidence: 'PRINCIPAL', side });
    });
    for (const { a, b, start } of married)
      story.marriage(String(people[a]), String(people[b]), start === undefined ? {} : { start });
    const party = (i: number) => ({ person: String(people[i]), role: 'PARTY' as const });
    story.event('APPEARANCE', [party(0), party(3)], '2012');
    story.event('APPEARANCE', [party(1), party(2)], '2013');
    await story.tell();
    this.truth.learn(await this.world());
  }

  async step({ what, one, other }: Step): Promise<void> {
    const world = await this.world();
    const living = world.filter(({ type, record }) => type === 'Person' && (record as Person).mergedInto === null);
    const at = <T>(some: readonly T[], place: number) => some[place % some.length] as T;
    const a = at(living, one).record as Person;
    if (what === 'merge') {
      const others = living.filter(({ record }) => record.id !== a.id);
      const alike = others.filter(({ record }) => (record as Person).name.startsWith('An'));
      await this.merge(a.id, at(alike.length > 0 ? alike : others, other).record.id);
    } else if (what === 'undo') await this.undo(this.done[one % Math.max(1, this.done.length)]);
    else {
      await refusedOr(async () => {
        if (what === 'say') this.story.claim(a.id, 'OCCUPATION', { text: `more of ${a.name}` });
        this.orders += 1;
        if (what === 'name')
          this.story.edit('Person', a.id, { aliases: [...a.aliases, { name: `N${this.orders}`, kind: 'NICKNAME' }] });
        const { id } = at(
          world.filter(({ type }) => type === 'Claim'),
          other,
        ).record;
        if (what === 'reject') this.story.edit('Claim', id, { verdict: 'REJECTED' });
        return this.story.tell();
      });
      this.truth.learn(await this.world());
    }
  }

  /** Takes everything back that stands, newest first, as long as that changes anything. */
  async undoAll(): Promise<void> {
    for (let isLess = true; isLess; ) {
      isLess = false;
      for (const id of [...this.merges].reverse()) isLess = (await this.undo(id)) || isLess;
    }
    expect(this.truth.wrong(await this.world(), false), 'after all is undone').toEqual([]);
    expect((await verify(this.graph)).differences).toEqual([]);
  }

  private async merge(keep: string, from: string): Promise<void> {
    const change = await refusedOr(() => mergePeople(this.editor(), { keep, from, large: false }));
    if (change !== null) {
      this.truth.merged(change.id, keep, from);
      this.merges.push(change.id);
      this.done.push(change.id);
    }
    await this.holds(`merge of ${from} into ${keep}`);
  }

  private async undo(undoes: string | undefined): Promise<boolean> {
    if (undoes === undefined || !this.truth.holds(undoes)) return false;
    const listed = new Set<string>();
    const change = await refusedOr(async () => {
      const { change: back, conflicts } = await undo(this.editor(), undoes, false);
      for (const { recordId, dependents } of conflicts) for (const id of [recordId, ...dependents]) listed.add(id);
      return back;
    });
    if (change !== null) {
      this.truth.undone(change, undoes, listed, await this.world());
      this.done.push(change.id);
    }
    await this.holds(`undo of ${undoes}`);
    return change !== null;
  }

  private async holds(when: string): Promise<void> {
    expect(this.truth.wrong(await this.world()), `after the ${when}`).toEqual([]);
  }

  private editor() {
    this.orders += 1;
    return editorOf({ graph: this.graph, id: `order${this.orders}` });
  }

  private async world(): Promise<Stored[]> {
    const ids = await this.graph.read('MATCH (n) WHERE n.revision IS NOT NULL RETURN n.id AS id ORDER BY id');
    const found = await loadRecords(
      this.graph,
      ids.map(({ id }) => String(id)),
    );
    return [...found.values()];
  }
}

describe.each(enginesHere())('merges that are undone in any order on $name', ({ name, fresh }) => {
  test('tell nobody of what somebody else did, and give everything back', async () => {
    const property = fc.asyncProperty(marriages, steps, async (married, lived) => {
      const lives = new Lives(await fresh());
      await lives.begin(married);
      for (const each of lived) await lives.step(each);
      await lives.undoAll();
    });
    await fc.assert(property, { seed: 7, numRuns: name === 'memory:' ? 30 : 1 });
  }, 120_000);
});
