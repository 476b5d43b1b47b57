import type { Applied } from '../domain/change.js';
import { groupBy } from '../domain/group.js';
import { type RecordOf, typeOfId } from '../domain/records.js';
import type { RecordType } from '../domain/words.js';
import type { Row, Transaction } from '../graph/graph.js';
import { forgetOpenTakedowns } from './aside-takedown-kept.js';
import { DRAWN, type DrawnEdge, edgesOf } from './edges.js';
import { encode } from './records.js';

/** Rows a statement: what both engines load fastest without long transactions in between (engine notes). */
const ROWS = 500;

/** Runs a statement over rows in portions; no rows, no statement. */
export async function runRows(transaction: Transaction, statement: string, rows: readonly Row[]): Promise<void> {
  for (let at = 0; at < rows.length; at += ROWS) await transaction.run(statement, { rows: rows.slice(at, at + ROWS) });
}

type Texts = Record<RecordType, string>;
const perType = (text: (type: RecordType) => string): Texts =>
  Object.fromEntries(
    [...new Set<RecordType>(Object.keys(edgesOf) as RecordType[])].map((type) => [type, text(type)]),
  ) as Texts;

const CREATE = perType((type) => `/* create${type} */ UNWIND $rows AS row CREATE (n:${type}) SET n = row.props`);
export const UPDATE = perType(
  (type) => `/* update${type} */ UNWIND $rows AS row MATCH (n:${type} {id: row.id}) SET n += row.props`,
);
const REMOVE = perType(
  (type) => `/* remove${type} */ UNWIND $rows AS row MATCH (n:${type} {id: row.id}) DETACH DELETE n`,
);

/** Draws edges of one kind, of rows with `from`, `to` and `props`. */
export const drawing = (type: string, from: string, to: string) =>
  `/* draw${type} */ UNWIND $rows AS row MATCH (a:${from} {id: row.from}) MATCH (b:${to} {id: row.to}) CREATE (a)-[e:\`${type}\`]->(b) SET e = row.props`;
/** Erases all edges of one kind between `from` and `to` of each row. */
export const erasing = (type: string, from: string, to: string) =>
  `/* erase${type} */ UNWIND $rows AS row MATCH (a:${from} {id: row.from})-[e:\`${type}\`]->(b:${to} {id: row.to}) DELETE e`;

/** With a claim goes what it contradicts: the other side may be about a record that nothing else touches. */
const REMOVE_CONTRADICTIONS =
  '/* removeContradictionsOfClaims */ UNWIND $rows AS row MATCH (c:Claim {id: row.id})<-[:BETWEEN]-(k:Contradiction) WITH DISTINCT k DETACH DELETE k';

const edgeKey = (type: string, from: string, to: string) => `${type} ${from} ${to}`;
const DRAW = new Map(DRAWN.map(([type, from, to]) => [edgeKey(type, from, to), drawing(type, from, to)]));
const ERASE = new Map(DRAWN.map(([type, from, to]) => [edgeKey(type, from, to), erasing(type, from, to)]));

/** Writes what a change does to the records: nodes with their decisions and revision, and the edges that they draw. */
export async function saveRecords(
  transaction: Transaction,
  applied: readonly Applied[],
  revision: number,
): Promise<void> {
  const edges = edgeChanges(applied);
  await runEdges(transaction, ERASE, edges.erased);
  for (const type of Object.keys(edgesOf) as RecordType[]) {
    const rows = applied.filter(({ edit }) => edit.type === type);
    const row = ({ edit, after }: Applied) => ({
      id: edit.recordId,
      props: { ...encode(type, after as RecordOf[typeof type]), revision },
    });
    const removed = rows.filter(({ after }) => after === null).map(({ edit }) => ({ id: edit.recordId }));
    if (type === 'Claim') await runRows(transaction, REMOVE_CONTRADICTIONS, removed);
    if (type === 'Person')
      await forgetOpenTakedowns(
        transaction,
        removed.map(({ id }) => id),
      );
    await runRows(transaction, REMOVE[type], removed);
    await runRows(
      transaction,
      CREATE[type],
      rows.filter(({ before, after }) => before === null && after !== null).map(row),
    );
    await runRows(
      transaction,
      UPDATE[type],
      rows.filter(({ before, after }) => before !== null && after !== null).map(row),
    );
  }
  await runEdges(transaction, DRAW, edges.drawn);
}

/** The edges to erase and to draw: per record, those that only its old and only its new form has. Removed nodes lose theirs with them. */
function edgeChanges(applied: readonly Applied[]): { erased: DrawnEdge[]; drawn: DrawnEdge[] } {
  const erased: DrawnEdge[] = [];
  const drawn: DrawnEdge[] = [];
  for (const { edit, before, after } of applied) {
    const old = before === null || after === null ? [] : edgesOf[edit.type](before as never);
    const fresh = after === null ? [] : edgesOf[edit.type](after as never);
    const redrawn = redrawnEnds(old, fresh);
    erased.push(...uniqueEnds(old.filter((edge) => redrawn.has(ends(edge)))));
    drawn.push(...fresh.filter((edge) => redrawn.has(ends(edge))));
  }
  return { erased, drawn };
}

const ends = ({ type, from, to }: DrawnEdge) => `${type} ${from} ${to}`;

/** Ends between which the edges differ in number or properties: parallel edges of one pair are redrawn together. */
function redrawnEnds(old: readonly DrawnEdge[], fresh: readonly DrawnEdge[]): Set<string> {
  const texts = (edges: readonly DrawnEdge[]) =>
    new Map(
      [...groupBy(edges, ends)].map(([key, group]) => [
        key,
        group
          .map(({ props }) => JSON.stringify(props))
          .sort()
          .join(),
      ]),
    );
  const was = texts(old);
  const is = texts(fresh);
  return new Set([...was.keys(), ...is.keys()].filter((key) => was.get(key) !== is.get(key)));
}

function uniqueEnds(edges: readonly DrawnEdge[]): DrawnEdge[] {
  return [...new Map(edges.map((edge) => [ends(edge), edge])).values()];
}

async function runEdges(
  transaction: Transaction,
  texts: ReadonlyMap<string, string>,
  edges: readonly DrawnEdge[],
): Promise<void> {
  const groups = groupBy(edges, ({ type, from, to }) => edgeKey(type, String(typeOfId(from)), String(typeOfId(to))));
  for (const [key, group] of groups) {
    const statement = texts.get(key);
    if (statement === undefined) throw new Error(`No statement draws ${key}`);
    await runRows(
      transaction,
      statement,
      group.map(({ from, to, props }) => ({ from, to, props })),
    );
  }
}
