import type { Sight } from '../../src/domain/gate.js';
import type { Graph, Row } from '../../src/graph/graph.js';
import { chainReads, type Through } from '../../src/questions/chain.js';
import { refuteByForce } from './chains-by-force.js';
import type { Edge } from './links.js';
import { World } from './world.js';

/** The same edges and filter among people of another name, so that many graphs live beside each other in one. */
function toThe(graph: number, edges: readonly Edge[], through: Through): { edges: Edge[]; through: Through } {
  const renamed = (id: string) => renamedIn(graph, id);
  return {
    edges: edges.map((edge) => ({
      ...{ ...edge, a: renamed(edge.a), b: renamed(edge.b) },
      ...{ periodId: renamed(edge.periodId), relationshipId: renamed(edge.relationshipId) },
    })),
    through: { ...through, avoid: through.avoid.map(renamed) },
  };
}

/** `per_A` in the third graph is `per_g3A`. */
const renamedIn = (graph: number, id: string): string => id.replace('_', `_g${graph}`);

/** Writes people whom everybody sees and the `LINKED` between them, but no relationships and no periods. */
export async function plantEdges(graph: Graph, people: readonly string[], edges: readonly Edge[]): Promise<void> {
  const world = new World();
  for (const id of people) world.person(id.slice('per_'.length));
  await world.plant(graph);
  const rows: Row[] = edges.map((edge) => ({ a: edge.a, b: edge.b, props: linkedOf(edge) }));
  await graph.write(async (transaction) => {
    for (const some of slices(rows)) await transaction.run(LINK, { rows: some });
  });
}

const LINK = `UNWIND $rows AS row MATCH (a:Person {id: row.a}) MATCH (b:Person {id: row.b})
CREATE (a)-[l:LINKED]->(b) SET l = row.props`;

function linkedOf({ periodId, relationshipId, kind, type, standing, own, together }: Edge): Row {
  return {
    ...{ periodId, relationshipId, kind, type, standing, endState: 'UNSTATED' },
    ...{
      startMin: own.startMin,
      startMax: own.startMax,
      endMin: own.endMin,
      endMax: own.endMax,
      startKnown: own.known,
    },
    ...{ togetherFromMin: together.startMin, togetherFromMax: together.startMax },
    ...{ togetherToMin: together.endMin, togetherToMax: together.endMax, togetherFromKnown: together.known },
    togetherStanding: standing,
  };
}

function slices(rows: readonly Row[]): Row[][] {
  return Array.from({ length: Math.ceil(rows.length / 500) }, (_, i) => rows.slice(i * 500, (i + 1) * 500));
}

/** One random graph with what is asked of it, under names of its own. */
export interface Planted<Asked> {
  people: string[];
  edges: Edge[];
  through: Through;
  asked: Asked;
}

/** Plants random graphs beside each other in one, in one write. */
export async function plantAll<Asked>(
  graph: Graph,
  people: readonly string[],
  cases: readonly (readonly [Edge[], Through, Asked])[],
): Promise<Planted<Asked>[]> {
  const planted = cases.map(([edges, through, asked], i) => ({
    ...toThe(i, edges, through),
    ...{ asked, people: people.map((id) => renamedIn(i, id)) },
  }));
  const everybody = planted.flatMap((one) => one.people);
  await plantEdges(
    graph,
    everybody,
    planted.flatMap(({ edges }) => edges),
  );
  return planted;
}

/** Plants all cases and compares the chains between the first and the last person of each, of at most `asked` hops, with brute force. */
export async function compareOnGraph(
  graph: Graph,
  names: readonly string[],
  cases: readonly (readonly [Edge[], Through, number])[],
  sight: Sight,
): Promise<void> {
  for (const { edges, through, asked: maxHops, people } of await plantAll(graph, names, cases)) {
    const read = chainReads(graph, through, sight);
    await refuteByForce(edges, people[0] ?? '', people.at(-1) ?? '', through, { maxHops, read });
  }
}
