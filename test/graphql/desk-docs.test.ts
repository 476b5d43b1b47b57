import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Graph } from '../../src/graph/graph.js';
import { verify } from '../../src/store/verify.js';
import { enginesHere } from '../support/engines.js';
import { Telling } from '../support/telling.js';
import { ask } from './asking.js';

const desk = readFileSync(new URL('../../docs/desk.md', import.meta.url), 'utf8');
const blocks = [...desk.matchAll(/```graphql\n([\s\S]*?)\n```/g)].map(([, block = '']) => block);
/** Each operation of the page, in its order; an empty line stands between two of one block. */
const operations = blocks.flatMap((block) => block.split('\n\n')).map((text) => ({ text, name: nameOf(text) }));

function nameOf(text: string): string {
  return /\{\s*(\w+)/.exec(text)?.[1] ?? '';
}

/** An id that the page leaves open, or a revision that it can't know. */
const OPEN = /(\w+): \[?"(\w{3})_…"|expectedRevision: \d+/g;

/** The arguments that name what a revision is of. */
const REVISED = ['id', 'claim', 'article'];

const NEWEST: Record<string, string> = {
  art: "MATCH (n:Article {title: 'Ann weds'}) RETURN n.id AS id",
  per: "MATCH (n:Person {visibility: 'REMOVED'}) RETURN n.id AS id",
  evt: 'MATCH (n:Event) RETURN n.id AS id ORDER BY n.revision DESC LIMIT 1',
  rel: "MATCH (n:Relationship {kind: 'PARENT_CHILD'}) RETURN n.id AS id",
  con: 'MATCH (n:Contradiction) RETURN n.id AS id ORDER BY n.id LIMIT 1',
};
const REVISION = `MATCH (n) WHERE n.id = $of OR n.slug = $of OPTIONAL MATCH (n)-[:HAS]->(t:Citation)
  RETURN n.revision AS own, max(t.revision) AS quotes`;

/** Ann and Bo, who are married, and whatever else the page speaks of. */
class World {
  private readonly story: Telling;
  private period = '';
  private contradicting: string[] = [];
  private told = 0;
  private claim = '';

  constructor(private readonly graph: Graph) {
    this.story = new Telling(graph);
  }

  async begin(): Promise<void> {
    const { story } = this;
    const person = (name: string, slug: string) => story.person(name, { slug });
    const [ann, bo] = [person('Ann', 'ann'), person('Bo', 'bo')];
    for (const other of ['b', 'c']) person(`Ann ${other}.`, `ann-${other}`);
    story.relationship('PARENT_CHILD', ann, bo);
    this.period = story.marriage(ann, bo, { start: '2014-05' });
    const [liz, richard] = [person('Elizabeth Taylor', 'elizabeth-taylor'), person('Richard Burton', 'richard-burton')];
    story.marriage(liz, richard, { start: '1975-10-10', end: '1976-07-29' });
    const end = (edtf: string) => story.claim(this.period, 'END', { date: { edtf } }, { evidence: 'RECORD' });
    this.contradicting = ['2018', '2019'].map(end);
    await story.tell();
    story.person('Dee');
    await story.tell({ batch: 'wikidata-2026-11' });
  }

  /** The operation with ids and revisions of this graph in their places. */
  async fill({ text, name }: { text: string; name: string }): Promise<string> {
    let filled = '';
    let from = 0;
    let about = /(?:id|keep): "([a-z-]+)"/.exec(text)?.[1] ?? '';
    for (const match of text.matchAll(OPEN)) {
      const [open, argument = '', prefix] = match;
      filled += text.slice(from, match.index);
      from = match.index + open.length;
      if (prefix === undefined) filled += `expectedRevision: ${await this.revisionOf(about, name)}`;
      else {
        const id = await this.idFor(prefix, name);
        filled += open.replace(`${prefix}_…`, id);
        if (REVISED.includes(argument)) about = id;
      }
    }
    return filled + text.slice(from);
  }

  private async idFor(prefix: string, operation: string): Promise<string> {
    if (prefix === 'clm') return operation === 'resolveContradiction' ? this.next() : this.aClaim();
    if (prefix === 'cit') return this.aQuote(operation === 'decideClaims' ? this.claim : this.next());
    if (prefix === 'chg') return this.aChange();
    if (prefix === 'prd') return this.period;
    const [row] = await this.graph.read(NEWEST[prefix] ?? '');
    return String(row?.id);
  }

  private next(): string {
    const first = String(this.contradicting.shift());
    this.contradicting.push(first);
    return first;
  }

  private async aClaim(): Promise<string> {
    this.told += 1;
    const date = { edtf: `2014-05-${10 + this.told}` };
    this.claim = this.story.claim(this.period, 'APART', { date }, { verdict: 'PROPOSED' });
    await this.story.tell();
    return this.claim;
  }

  private async aQuote(claim: string): Promise<string> {
    this.story.article('Another');
    const quote = this.story.cite(claim, { verdict: 'PROPOSED' });
    await this.story.tell();
    return quote;
  }

  private async aChange(): Promise<string> {
    this.story.person('Somebody');
    return String((await this.story.tell())?.id);
  }

  private async revisionOf(of: string, operation: string): Promise<number> {
    if (operation === 'mergePeople') return Number((await this.graph.read('MATCH (g:Graph) RETURN g.seq AS n'))[0]?.n);
    const [row] = await this.graph.read(REVISION, { of });
    return Math.max(Number(row?.own), Number(row?.quotes ?? 0));
  }
}

describe.each(enginesHere({ neo4j: false }))('docs/desk.md on $name', (engine) => {
  let graph: Graph;
  let world: World;
  beforeAll(async () => {
    graph = await engine.fresh();
    world = new World(graph);
    await world.begin();
  });

  test.each(operations)('has an example of $name that works', async (operation) => {
    const document = await world.fill(operation);

    const { data, errors } = await ask(graph, document, { role: 'ADMIN' });

    expect([document, errors]).toEqual([document, []]);
    const answer = (data?.[operation.name] ?? null) as { change?: unknown } | null;
    expect(answer).not.toBeNull();
    if (answer !== null && 'change' in answer) expect(answer.change).not.toBeNull();
    expect((await verify(graph)).differences).toEqual([]);
  });

  test('shows more than twenty steps of the work', () => {
    expect(new Set(operations.map(({ name }) => name)).size).toBeGreaterThan(20);
  });
});
