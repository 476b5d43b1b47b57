import { type GraphQLResolveInfo, type GraphQLSchema, isObjectType } from 'graphql';
import { momentOf } from '../domain/moment.js';
import { typeOfId } from '../domain/records.js';
import { invalid } from '../errors.js';
import { seqAt } from '../store/moment.js';
import { PastGraph } from '../store/past-graph.js';
import { articleIdOfUrl, personIdOfSlug } from '../store/past-keys.js';
import type { Context } from './context.js';
import { loadersFor } from './loaders.js';

/** What every `asOf` says of itself. */
export const AS_OF =
  'The records as the change log had them at this moment, here and in everything below. Who may be seen is decided as of today, and today is ' +
  'the day of every status and age; slugs, addresses and external ids are those of today. Null before the first change; a moment to come is ' +
  'INVALID_INPUT, rule FUTURE; more than 5,000 edits to roll back is TOO_COMPLEX, rule AS_OF_EDITS, more than 20,000 records rule AS_OF_RECORDS.';

/** Where below a root field with `asOf` one reads. */
export interface Past {
  /** The last change that counts. */
  seq: number;
  /** The context of today, whose graph has the log. */
  present: Context;
}

/** The moments that one request asks for. */
interface Moments {
  /** By the number of the last change of each. */
  graphs: Map<number, { graph: PastGraph; context: Context }>;
  /** By the key of the root field in the answer. */
  contexts: Map<string | number, Context>;
  opening: Promise<unknown>;
}

const momentsOf = new WeakMap<Context, Moments>();
const pasts = new WeakMap<Context, Past>();

/** The past that a context reads, or null for the present. */
export function pastOf(context: Context): Past | null {
  return pasts.get(context) ?? null;
}

/**
 * The context for a root field and all that is below it: `context` itself without `asOf`, null for a moment before the first change.
 * Equal moments share one graph. Throws INVALID_INPUT, rules DATE_TIME and FUTURE.
 */
export async function contextAsOf(
  context: Context,
  info: GraphQLResolveInfo,
  asOf: string | null | undefined,
): Promise<Context | null> {
  if (asOf == null) return context;
  const moment = momentOf(asOf, 'asOf');
  if (moment > momentOf(new Date(context.now()).toISOString(), 'now'))
    throw invalid('asOf', 'FUTURE', 'Nobody knows yet what will have been known then.');
  const moments = momentsOf.get(context) ?? { graphs: new Map(), contexts: new Map(), opening: Promise.resolve() };
  momentsOf.set(context, moments);
  const opened = moments.opening
    .catch(() => {})
    .then(async () => open(context, moments, await seqAt(context.graph, moment)));
  moments.opening = opened;
  const below = await opened;
  if (below !== null) moments.contexts.set(info.path.key, below);
  return below;
}

async function open(context: Context, { graphs }: Moments, seq: number): Promise<Context | null> {
  if (seq === 0) return null;
  const known = graphs.get(seq);
  if (known) return known.context;
  const graph = new PastGraph(context.graph, await context.write.scratch(), seq, context.sight);
  const below: Context = { ...context, graph, loaders: loadersFor(graph, context.sight) };
  graphs.set(seq, { graph, context: below });
  pasts.set(below, { seq, present: context });
  return below;
}

/** Gives back what a request has opened. */
export async function closeMoments(context: Context): Promise<void> {
  const moments = momentsOf.get(context);
  if (!moments) return;
  momentsOf.delete(context);
  await moments.opening.catch(() => {});
  await Promise.all([...moments.graphs.values()].map(({ graph }) => graph.close()));
}

/** Lets every field below a root field with `asOf` read with that field's context. */
export function readAsOf(schema: GraphQLSchema): GraphQLSchema {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || roots.includes(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const { resolve } = field;
      if (resolve)
        field.resolve = (source, args, context: Context, info) => resolve(source, args, contextAt(context, info), info);
    }
  }
  return schema;
}

function contextAt(context: Context, { path }: GraphQLResolveInfo): Context {
  const moments = momentsOf.get(context);
  if (!moments) return context;
  let root = path;
  while (root.prev) root = root.prev;
  return moments.contexts.get(root.key) ?? context;
}

/** The id by which a person is looked up in the past: slugs are those of today. Null for a slug that nobody has. */
export async function personRefAsOf(context: Context, then: Context, ref: string): Promise<string | null> {
  return then === context || typeOfId(ref) !== null ? ref : personIdOfSlug(context.graph, ref);
}

/** The id of the article that has an address today. */
export async function articleIdAsOf(context: Context, url: string): Promise<string | null> {
  return articleIdOfUrl(context.graph, url);
}
