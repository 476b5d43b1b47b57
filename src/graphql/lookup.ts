import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { typeOfId } from '../domain/records.js';
import type { RecordType } from '../domain/words.js';
import { invalid } from '../errors.js';
import { findArticle } from './article.js';
import { findChange } from './change.js';
import { findCitation } from './citation.js';
import { findClaim } from './claim.js';
import type { Context } from './context.js';
import { findContradiction } from './contradiction.js';
import { Node, type NodeSource } from './node.js';
import { findPerson } from './person.js';
import { SUBJECTS } from './subject.js';

const MOST_IDS = 100;
const LONGEST_ID = 100;

type Find = (context: Context, id: string) => Promise<NodeSource | null>;

/** How a node of each type is found by its id; resolutions are read with their contradiction. */
const FIND: Record<RecordType, Find | null> = {
  ...SUBJECTS,
  Person: findPersonOrTombstone,
  Article: findArticle,
  Claim: findClaim,
  Citation: findCitation,
  Resolution: null,
};

/** The node with this id, as the viewer sees it, or null: unknown and hidden are the same. */
export async function findNode(context: Context, id: string): Promise<NodeSource | null> {
  if (id.length > LONGEST_ID) return null;
  if (id.startsWith('chg_')) return findChange(context, id);
  if (id.startsWith('con_')) return findContradiction(context, id);
  const type = typeOfId(id);
  const find = type === null ? null : FIND[type];
  return find === null ? null : find(context, id);
}

/** Whoever knows the id of a removed or purged person learns that it stands for nobody any more. */
async function findPersonOrTombstone(context: Context, id: string): Promise<NodeSource | null> {
  const person = await findPerson(context, id);
  if (person !== null) return person;
  const stored = await context.loaders.people.load(id);
  const isGone = stored?.visibility === 'REMOVED' || stored?.visibility === 'PURGED';
  return isGone ? { __typename: 'Tombstone', id } : null;
}

@Resolver()
export class LookupResolver {
  @Query(() => Node, { nullable: true, description: 'Anything by its id; null for what is unknown, and for slugs.' })
  node(
    @Ctx() context: Context,
    @Arg('id', () => ID, { description: 'The id.' }) id: string,
  ): Promise<NodeSource | null> {
    return findNode(context, id);
  }

  @Query(() => [Node], {
    nullable: 'items',
    description:
      'Many things by id, in the order of the ids, null for what is unknown. At most 100, else INVALID_INPUT, rule TOO_MANY.',
  })
  async nodes(
    @Ctx() context: Context,
    @Arg('ids', () => [ID], { description: 'The ids.' }) ids: string[],
  ): Promise<(NodeSource | null)[]> {
    if (ids.length > MOST_IDS) throw invalid('ids', 'TOO_MANY', `At most ${MOST_IDS} ids at once.`);
    return Promise.all(ids.map((id) => findNode(context, id)));
  }
}
