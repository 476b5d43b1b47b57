import { Arg, Args, Ctx, Extensions, Field, ID, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { purgePerson } from '../editing/purge.js';
import { AppError } from '../errors.js';
import { Change, changeFor } from './change.js';
import type { Context } from './context.js';
import { forRole, namedPerson, WriteArgs, write } from './mutation.js';
import { type NodeSource, Tombstone } from './node.js';

@ObjectType({ simpleResolvers: true, description: 'What a purge did.' })
export class PurgePayload {
  @Field(() => Change, { nullable: true, description: 'The change: it tells who, when and which ids, and no content.' })
  change!: NodeSource | null;

  @Field(() => Tombstone, { description: 'What stands where the person was.' })
  tombstone!: NodeSource;
}

@Resolver()
export class PurgeResolver {
  @Extensions(forRole('ADMIN'))
  @Mutation(() => PurgePayload, {
    description:
      'Forgets somebody who is REMOVED, and whoever was merged into them, for good: what is about them goes, now and in the history; their ' +
      'names are blackened wherever else they stand. Nobody can take it back. REFUSED, rule NOT_REMOVED for who is still shown, MERGED for ' +
      'an id that leads to somebody else, PURGE_SIZE for more than 20,000 records. NOT_FOUND for who is unknown.',
  })
  async purgePerson(
    @Ctx() context: Context,
    @Args(() => WriteArgs) args: WriteArgs,
    @Arg('id', () => ID, { description: 'The id of the person.' }) id: string,
    @Arg('spellings', () => [String], {
      nullable: true,
      defaultValue: [],
      description:
        'Other spellings of their names, to be blackened in every text, at most 100 of 200 characters, else INVALID_INPUT, rule SPELLINGS. ' +
        'A recorded name of one word, or that somebody else here has too, is blackened only where a text is known to be about them: give it ' +
        'here, and every text loses it.',
    })
    spellings: string[] | null,
    @Arg('expectedRevision', () => Int, {
      nullable: true,
      description: 'The `revision` of the person that the decision is about; where it was changed since: CONFLICT.',
    })
    seen?: number | null,
  ): Promise<PurgePayload> {
    const change = await write(context, 'purgePerson', args, async (editor) => {
      const person = await namedPerson(context, id, 'id');
      if (person.id !== id) throw notTheirs(person.id);
      return purgePerson(editor, context.write, { person: id, spellings: spellings ?? [], seen: seen ?? null });
    });
    return { change: change && changeFor(change), tombstone: { __typename: 'Tombstone', id } };
  }
}

function notTheirs(survivor: string): AppError {
  const message = `A purge takes the id of the person: this one leads to ${survivor}.`;
  return new AppError('REFUSED', message, { field: 'id', rule: 'MERGED', record: survivor });
}
