import { canonical } from '../domain/canonical.js';
import { groupBy } from '../domain/group.js';
import { typeOfId } from '../domain/records.js';
import type { Reads, Row } from '../graph/graph.js';
import { DRAWN, edgesOf } from './edges.js';
import type { Rebuilt } from './verify-derived.js';
import type { Difference, World } from './verify-world.js';

/** Nodes a statement, when edges are read from one end. */
const PORTION = 1000;

interface EdgeRow {
  from: string;
  to: string;
  props: Row;
}

const KINDS = [
  ...DRAWN,
  ['LINKED', 'Person', 'Person'],
  ['CONCERNS', 'Claim', 'Person'],
  ['BETWEEN', 'Contradiction', 'Claim'],
] as const;

const readEdges = (type: string, from: string, to: string) =>
  `/* edges${type} */ UNWIND $ids AS id MATCH (a:${from} {id: id})-[e:\`${type}\`]->(b:${to}) RETURN a.id AS from, b.id AS to, e {.*} AS props`;

/** Every edge that is there against every edge that follows from the decisions, kind by kind. */
export async function compareEdges(graph: Reads, world: World, rebuilt: Rebuilt): Promise<Difference[]> {
  const wanted = groupBy(wantedEdges(world, rebuilt), ({ kind }) => kind);
  const differences: Difference[] = [];
  for (const [type, from, to] of KINDS) {
    const kind = `${type} ${from} ${to}`;
    const ids =
      from === 'Contradiction' ? [...world.contradictions.keys()] : world.all(from).map(({ record }) => record.id);
    const there = await edgesFrom(graph, readEdges(type, from, to), ids);
    differences.push(...compareKind(type, there, wanted.get(kind) ?? []));
  }
  return differences;
}

async function edgesFrom(graph: Reads, statement: string, ids: readonly string[]): Promise<EdgeRow[]> {
  const edges: EdgeRow[] = [];
  for (let at = 0; at < ids.length; at += PORTION) {
    for (const row of await graph.read(statement, { ids: ids.slice(at, at + PORTION) }))
      edges.push(row as unknown as EdgeRow);
  }
  return edges;
}

function* wantedEdges(world: World, rebuilt: Rebuilt): Generator<EdgeRow & { kind: string }> {
  for (const { type, record } of world.nodes.values()) {
    for (const { type: edge, from, to, props } of edgesOf[type](record as never)) {
      yield { kind: `${edge} ${typeOfId(from)} ${typeOfId(to)}`, from, to, props };
    }
  }
  for (const { from, to, props } of rebuilt.links) yield { kind: 'LINKED Person Person', from, to, props };
  for (const [claim, people] of rebuilt.concerns) {
    for (const person of people) yield { kind: 'CONCERNS Claim Person', from: claim, to: person, props: {} };
  }
  for (const { id, claims } of rebuilt.contradictions.values()) {
    for (const claim of claims) yield { kind: 'BETWEEN Contradiction Claim', from: id, to: claim, props: {} };
  }
}

function compareKind(type: string, there: readonly EdgeRow[], wanted: readonly EdgeRow[]): Difference[] {
  const count = new Map<string, number>();
  const add = (by: number) => (edge: EdgeRow) => {
    const key = canonical([edge.from, edge.to, edge.props]);
    count.set(key, (count.get(key) ?? 0) + by);
  };
  there.forEach(add(1));
  wanted.forEach(add(-1));
  return [...count]
    .filter(([, left]) => left !== 0)
    .map(([key, left]) => {
      const [from, to, props] = JSON.parse(key) as [string, string, Row];
      const edge = canonical({ to, ...props });
      return { record: from, what: `edge ${type}`, stored: left > 0 ? edge : null, expected: left < 0 ? edge : null };
    });
}
