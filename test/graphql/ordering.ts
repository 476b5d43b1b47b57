import { expect } from 'vitest';
import type { Graph } from '../../src/graph/graph.js';
import { verify } from '../../src/store/verify.js';
import { type Asking, answerOf, ask } from './asking.js';

/** Orders a mutation, `createPerson(input: $input)`, and answers what it answers; a failure throws. */
export async function order(
  graph: Graph,
  mutation: string,
  types: Record<string, string>,
  variables: Record<string, unknown>,
  asking: Asking = {},
): Promise<Record<string, never>> {
  const data = await answerOf<Record<string, Record<string, never>>>(graph, documentOf(mutation, types), {
    role: 'EDITOR',
    ...asking,
    variables,
  });
  return Object.values(data)[0] as Record<string, never>;
}

/** The extensions of a refusal, which has left nothing behind. */
export async function refusal(
  graph: Graph,
  mutation: string,
  types: Record<string, string>,
  variables: Record<string, unknown>,
  asking: Asking = {},
): Promise<Record<string, unknown> | undefined> {
  const before = await seqOf(graph);
  const { errors } = await ask(graph, documentOf(mutation, types), { role: 'EDITOR', ...asking, variables });
  expect(await seqOf(graph)).toBe(before);
  expect((await verify(graph)).differences).toEqual([]);
  return errors[0]?.extensions;
}

export const seqOf = async (graph: Graph) =>
  Number((await graph.read("MATCH (g:Graph {id: 'graph'}) RETURN g.seq AS seq"))[0]?.seq);

function documentOf(mutation: string, types: Record<string, string>): string {
  const declared = Object.entries(types).map(([name, type]) => `$${name}: ${type}`);
  return `mutation (${declared.join(', ')}) { ${mutation} }`;
}
