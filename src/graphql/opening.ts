import { Arg, Ctx, Extensions, Field, FieldResolver, ID, Mutation, ObjectType, Resolver, Root } from 'type-graphql';
import { noteOpening, OPEN_MS } from '../store/aside-opening.js';
import { pastOf } from './as-of.js';
import { Claim, type ClaimSource, findClaim } from './claim.js';
import { type Context, is } from './context.js';
import { forRole, namedRecord } from './mutation.js';
import { DateTime } from './scalars.js';

@ObjectType({ simpleResolvers: true, description: 'Who has a claim open.' })
export class Opening {
  @Field(() => String, { description: 'The name that their changes are recorded under.' })
  name!: string;

  @Field(() => DateTime, { description: 'Since when, or when they last said so.' })
  at!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What opening a claim answers.' })
export class OpenPayload {
  @Field(() => Claim, { nullable: true, description: 'The claim.' })
  claim!: ClaimSource | null;
}

@Resolver(() => Claim)
export class OpeningResolver {
  @Extensions(forRole('REVIEWER'))
  @Mutation(() => OpenPayload, {
    description:
      'Tells the others for ten minutes that you look at a claim; again, and the ten minutes begin anew. It locks nothing, changes nothing, and stands in no history.',
  })
  async openClaim(
    @Ctx() context: Context,
    @Arg('id', () => ID, { description: 'The claim.' }) id: string,
  ): Promise<OpenPayload> {
    const claim = await namedRecord(context, 'Claim', id, 'id');
    await noteOpening(context.write, claim, context.viewer.name ?? '', context.now());
    return { claim: await findClaim(context, claim) };
  }

  @FieldResolver(() => Opening, {
    nullable: true,
    description:
      'Who else has opened it within the last ten minutes, of several the latest; you yourself are never told. For REVIEWER and above, else null.',
  })
  async openedBy(@Root() { id }: ClaimSource, @Ctx() context: Context): Promise<Opening | null> {
    if (!is(context, 'REVIEWER') || pastOf(context) !== null) return null;
    const { loaders, viewer, now } = context;
    const openings = await loaders.openings.load(id);
    const other = openings.find(({ name, at }) => name !== viewer.name && at > now() - OPEN_MS);
    return other ? { name: other.name, at: new Date(other.at).toISOString() } : null;
  }
}
