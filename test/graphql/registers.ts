import { expect } from 'vitest';
import type { Evidence } from '../../src/domain/words.js';
import type { Graph } from '../../src/graph/graph.js';
import { verify } from '../../src/store/verify.js';
import { Telling } from '../support/telling.js';
import { answerOf } from './asking.js';

/** Ann, Bo and Cy, and what registers say of them that may not all be true. */
export class Registers {
  private constructor(
    private readonly graph: Graph,
    readonly story: Telling,
    readonly ann: string,
    readonly bo: string,
    readonly cy: string,
  ) {}

  static async of(graph: Graph): Promise<Registers> {
    const story = new Telling(graph);
    const registers = new Registers(graph, story, story.person('Ann'), story.person('Bo'), story.person('Cy'));
    await story.tell();
    return registers;
  }

  /** A claim about a date; of a register unless said otherwise. */
  says(
    subject: string,
    field: 'START' | 'END' | 'DATE' | 'BIRTH' | 'DEATH',
    edtf: string,
    evidence: Evidence = 'RECORD',
  ): string {
    return this.story.claim(subject, field, { date: { edtf } }, { evidence });
  }

  /** A period of which no more is said than that it was. */
  period(a: string, b: string, type: 'MARRIED' | 'DATING' = 'MARRIED'): string {
    return this.story.period(this.story.relationship('ROMANTIC', a, b), type, {}, { evidence: 'RECORD' });
  }

  /** These fields of all contradictions, once what was noted is told and the graph is found clean. */
  async contradictions<Node>(fields: string, filter = ''): Promise<Node[]> {
    await this.story.tell();
    expect((await verify(this.graph)).differences).toEqual([]);
    const { contradictions } = await answerOf<{ contradictions: { totalCount: number; nodes: Node[] } }>(
      this.graph,
      `{ contradictions${filter} { totalCount nodes { ${fields} } } }`,
      { role: 'REVIEWER' },
    );
    expect(contradictions.totalCount).toBe(contradictions.nodes.length);
    return contradictions.nodes;
  }
}
