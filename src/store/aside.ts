import type { Graph, Reads } from '../graph/graph.js';

/** Operational notes beside the decisions: they are in no history, no export and no answer. */

/** How far the demo graph is: BEGUN while it is loaded, DONE once it is there, or once somebody decided to go without. */
export type Seeding = 'BEGUN' | 'DONE';

/** The note about the demo graph, null where there is none, and whether anything was ever written by a change. */
export async function seedingOf(graph: Reads): Promise<{ seeding: Seeding | null; written: boolean }> {
  const [row] = await graph.read(
    "/* seedingOf */ MATCH (g:Graph {id: 'graph'}) RETURN g.seeding AS seeding, g.seq AS seq",
  );
  const seeding = row?.seeding === 'BEGUN' || row?.seeding === 'DONE' ? row.seeding : null;
  return { seeding, written: Number(row?.seq ?? 0) > 0 };
}

export async function noteSeeding(graph: Graph, seeding: Seeding): Promise<void> {
  await graph.write((transaction) =>
    transaction.run("/* noteSeeding */ MATCH (g:Graph {id: 'graph'}) SET g.seeding = $seeding RETURN g.seeding", {
      seeding,
    }),
  );
}
