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

/** A type of edge and the labels of its ends. */
export type EdgeKind = (typeof KINDS)[number];

/** The edges of one kind between two nodes, where those that are there are not those that follow from the decisions. */
export interface Mismatch {
  kind: EdgeKind;
  from: string;
  to: string;
  there: readonly Row[];
  wanted: readonly Row[];
}

const readEdges = (type: string, from: string, to: string) =>
  `/* edges${type} */ UNWIND $ids AS id MATCH (a:${from} {id: id})-[e:\`${type}\`]->(b:${to}) RETURN a.id AS from, b.id AS to, e {.*} AS props`;

/** Every edge that is there against every edge that follows from the decisions, kind by kind. */
export async function compareEdges(graph: Reads, world: World, rebuilt: Rebuilt): Promise<Difference[]> {
  const differences: Difference[] = [];
  for await (const mismatch of mismatches(graph, world, rebuilt)) differences.push(...differencesOf(mismatch));
  return differences;
}

export async function* mismatches(graph: Reads, world: World, rebuilt: Rebuilt): AsyncGenerator<Mismatch> {
  const wanted = groupBy(wantedEdges(world, rebuilt), ({ kind }) => kind);
  const contradictions = [...new Set([...world.contradictions.keys(), ...rebuilt.contradictions.keys()])];
  for (const kind of KINDS) {
    const [type, from, to] = kind;
    const ids = from === 'Contradiction' ? contradictions : world.all(from).map(({ record }) => record.id);
    const there = await edgesFrom(graph, readEdges(type, from, to), ids);
    yield* compareKind(kind, there, wanted.get(kind.join(' ')) ?? []);
  }
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
    for (const { person, needed } of people)
      yield { kind: 'CONCERNS Claim Person', from: claim, to: person, props: { needed } };
  }
  for (const { id, claims } of rebuilt.contradictions.values()) {
    for (const claim of claims) yield { kind: 'BETWEEN Contradiction Claim', from: id, to: claim, props: {} };
  }
}

function* compareKind(kind: EdgeKind, there: readonly EdgeRow[], wanted: readonly EdgeRow[]): Generator<Mismatch> {
  const ends = new Map<string, { from: string; to: string; there: Row[]; wanted: Row[] }>();
  const between = ({ from, to }: EdgeRow) => {
    const key = `${from} ${to}`;
    const known = ends.get(key) ?? { from, to, there: [], wanted: [] };
    ends.set(key, known);
    return known;
  };
  for (const edge of there) between(edge).there.push(edge.props);
  for (const edge of wanted) between(edge).wanted.push(edge.props);
  for (const each of ends.values()) {
    if (textOf(each.there) !== textOf(each.wanted)) yield { kind, ...each };
  }
}

const textOf = (edges: readonly Row[]) => edges.map(canonical).sort().join();

/** One difference for each edge too many or too few. */
function differencesOf({ kind: [type], from, to, there, wanted }: Mismatch): Difference[] {
  const edge = (props: Row) => canonical({ to, ...props });
  const [is, should] = [there.map(edge), wanted.map(edge)];
  const what = `edge ${type}`;
  return [
    ...without(is, should).map((stored) => ({ record: from, what, stored, expected: null })),
    ...without(should, is).map((expected) => ({ record: from, what, stored: null, expected })),
  ];
}

/** What remains of a list once each of the others is taken out of it once. */
function without(all: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return all.filter((each) => {
    const at = left.indexOf(each);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
