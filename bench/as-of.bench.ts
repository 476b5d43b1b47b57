import { describe, test } from 'vitest';
import type { Graph } from '../src/graph/graph.js';
import { MOST_EDITS } from '../src/store/edits-since.js';
import { ask } from '../test/graphql/asking.js';
import { enginesHere } from '../test/support/engines.js';
import { Telling } from '../test/support/telling.js';

/**
 * What `asOf` costs: a couple and their claims as they were before so many edits of theirs, in graphs of `BENCH_COUPLES` couples, and
 * with a history of others' in between. Milliseconds at p50, and statements on the graph itself; what is rolled back is derived
 * again in a graph of this process.
 */
const SIZES = (process.env.BENCH_COUPLES ?? '500,5000').split(',').map(Number);
const TIMES = 9;
const HOUR = 3_600_000;
const BEGAN = Date.UTC(2026, 0, 1);
const COUPLES_A_CHANGE = 60;

const QUESTION = (person: string, asOf: string) =>
  `{ person(id: "${person}"${asOf}) { name description partners(at: "2012") { totalCount edges { certainty node { name }
    relationship { periods { type start { date { edtf } } claims { nodes { field verdictNote } } } } } } } }`;

/** Couples that a graph is told, an hour a change. */
class Couples {
  private readonly story: Telling;
  private hour = 0;

  constructor(graph: Graph) {
    this.story = new Telling(graph);
  }

  /** Answers the ids of the first couple and of what was claimed last of them, and those of everybody else. */
  async tellOf(couples: number): Promise<{ ids: string[]; others: string[] }> {
    let ids: string[] = [];
    const others: string[] = [];
    this.story.article('Register');
    for (let at = 0; at < couples; at += 1) {
      const [ann, bo] = [this.story.person(`Ann ${at}`), this.story.person(`Bo ${at}`)];
      const wedding = this.story.marriage(ann, bo, { start: '2010' });
      const claim = this.story.claim(wedding, 'END', { date: { edtf: '2014' } }, { evidence: 'RECORD' });
      if (at === 0) ids = [ann, bo, claim];
      else others.push(ann);
      if (at % COUPLES_A_CHANGE === COUPLES_A_CHANGE - 1) await this.tell();
    }
    await this.tell();
    return { ids, others };
  }

  /** So many edits of these records, each of all of them a change. */
  async edit(ids: readonly string[], edits: number): Promise<void> {
    for (let done = 0; done < edits; done += ids.length) {
      for (const id of ids.slice(0, edits - done)) {
        const text = `Edit ${this.hour}`;
        const isClaim = id.startsWith('clm_');
        this.story.edit(isClaim ? 'Claim' : 'Person', id, isClaim ? { verdictNote: text } : { description: text });
      }
      await this.tell();
    }
  }

  /** The moment of the last change, as an argument. */
  get now(): string {
    return `, asOf: "${this.timeOf(this.hour)}"`;
  }

  private tell() {
    this.hour += 1;
    return this.story.tell({ at: this.timeOf(this.hour) });
  }

  private timeOf(hour: number): string {
    return new Date(BEGAN + (hour * HOUR) / 4).toISOString();
  }
}

describe.each(enginesHere())('asOf on $name', (engine) => {
  test.each(SIZES)('among %i couples', async (size) => {
    const graph = await engine.fresh();
    const couples = new Couples(graph);
    const { ids, others } = await couples.tellOf(size);
    const [ann = ''] = ids;
    const measured = (what: string, asOf: string) =>
      measure(graph, `${engine.name}, ${size} couples: ${what}`, QUESTION(ann, asOf));
    await measured('today', '');
    let before = couples.now;
    await measured('as of now', before);

    let edits = 0;
    for (const more of [10, 90, 900, 3900]) {
      await couples.edit(ids, more);
      edits += more;
      await measured(`${edits} edits ago`, before);
    }
    await couples.edit(ids, MOST_EDITS - edits + 1);
    await measured(`${MOST_EDITS + 1} edits ago`, before);

    before = couples.now;
    await couples.edit(others.slice(0, 300), 4500);
    await measured('4500 edits of others ago', before);
  });
});

async function measure(graph: Graph, what: string, query: string): Promise<void> {
  const times: number[] = [];
  let statements = 0;
  let code = '';
  for (let i = 0; i < TIMES; i += 1) {
    const begun = performance.now();
    const answer = await ask(graph, query, { now: Date.UTC(2027, 0, 1) });
    times.push(performance.now() - begun);
    statements = answer.statements.length;
    code = answer.errors.map(({ extensions }) => `${extensions.code} ${extensions.rule}`).join();
  }
  const p50 = times.toSorted((a, b) => a - b)[TIMES >> 1] ?? 0;
  console.log(`| ${what} | ${p50.toFixed(1)} | ${statements} | ${code}`);
}
