import {
  Args,
  ArgsType,
  Ctx,
  createUnionType,
  Field,
  ID,
  InputType,
  Int,
  ObjectType,
  Query,
  Resolver,
} from 'type-graphql';
import type { Standing as StandingNumber } from '../domain/evidence.js';
import type { Certainty as CertaintyWord } from '../domain/interval.js';
import { AppError, under } from '../errors.js';
import {
  chain,
  type ChainAnswer as FoundAnswer,
  type Chain as FoundChain,
  type LimitReached as FoundLimit,
  type ChainLink as FoundLink,
  MOST_ALTERNATIVES,
  type Through,
} from '../questions/chain.js';
import { MOST_HOPS } from '../questions/chain-answer.js';
import { type Context, searchSignal } from './context.js';
import { Certainty, enumOf, Standing } from './enums.js';
import { LinksFilter } from './links-filter.js';
import { linkFilterOf } from './partner.js';
import { Period, type PeriodSource, seenPeriod } from './period.js';
import { findPerson, Person, type PersonSource, personFor } from './person.js';
import { Relationship, type RelationshipSource, seenRelationship } from './relationship.js';

@InputType({
  description: 'Which links a chain may go through; what is left out forbids nothing but other kinds than ROMANTIC.',
})
export class ChainFilter extends LinksFilter {
  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description:
      'Whether each link must have started no earlier than the one before it, seen from `from`: when the two came together, or with ' +
      '`types` when the period began.',
  })
  inTimeOrder?: boolean | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'People through whom it may not go, by id or slug; 100 at most, else INVALID_INPUT, rule LIMIT.',
  })
  avoid?: string[] | null;
}

@ObjectType({ simpleResolvers: true, description: 'A step from one person to the next.' })
export class ChainLink {
  @Field(() => Person, { description: 'Who stands nearer to `from`.' })
  from!: PersonSource;

  @Field(() => Person, { description: 'Who stands nearer to `to`.' })
  to!: PersonSource;

  @Field(() => Relationship, { description: 'The relationship of the two.' })
  relationship!: RelationshipSource;

  @Field(() => Period, {
    description: 'The period that carries the link: of several the best established, then the earliest.',
  })
  period!: PeriodSource;

  @Field(() => Certainty, {
    description: 'Whether it held `at` the time asked for and is in time order: YES where neither is asked.',
  })
  certainty!: CertaintyWord;

  @Field(() => Standing, { description: 'The standing of that period.' })
  standing!: StandingNumber;
}

@ObjectType({ simpleResolvers: true, description: 'People each of whom is linked to the next.' })
export class Chain {
  @Field(() => [Person], { description: 'Everybody on it, both ends included.' })
  people!: PersonSource[];

  @Field(() => [ChainLink], { description: 'The link between each two neighbours.' })
  links!: ChainLink[];

  @Field(() => ChainLink, {
    nullable: true,
    description:
      'The link of the lowest standing, then the least certain: as strong is the chain. Null from somebody to themselves.',
  })
  weakest!: ChainLink | null;
}

@ObjectType({ simpleResolvers: true, description: 'There are chains.' })
export class ChainsFound {
  @Field(() => [Chain], { description: 'Shortest chains, the strongest first, then by the ids on the way.' })
  chains!: Chain[];

  @Field(() => Int, { description: 'How many people the search has met.' })
  examined!: number;

  @Field(() => Boolean, { description: 'Whether there are more chains as short as these.' })
  truncated!: boolean;
}

@ObjectType({ simpleResolvers: true, description: 'No chain of any length leads from the one to the other.' })
export class NoChain {
  @Field(() => Int, { description: 'How many people the search has met.' })
  examined!: number;
}

@ObjectType({ simpleResolvers: true, description: 'The viewer knows nobody of that id or slug.' })
export class PersonUnknown {
  @Field(() => ID, { description: 'The id or slug as it was given.' })
  ref!: string;
}

export const ChainLimit = enumOf<FoundLimit['limit']>('ChainLimit', 'Why a search for chains ended early.', {
  HOPS: 'There is no chain of `maxHops` links or fewer; there may be longer ones.',
  PEOPLE: 'It had met too many people.',
  TIME: 'The time of the request was nearly over.',
});

@ObjectType({ simpleResolvers: true, description: 'The search ended before it knew: there may be a chain or not.' })
export class LimitReached {
  @Field(() => ChainLimit, { description: 'What ended it.' })
  limit!: FoundLimit['limit'];

  @Field(() => Int, { description: 'How many people the search has met.' })
  examined!: number;

  @Field(() => Int, { description: 'No chain has so many links or fewer.' })
  hops!: number;

  @Field(() => String, { description: 'How to ask so that it gets further.' })
  advice!: string;
}

export const ChainAnswer = createUnionType({
  name: 'ChainAnswer',
  description: 'Chains, the certainty that there is none, or why neither is known.',
  types: () => [ChainsFound, NoChain, PersonUnknown, LimitReached] as const,
  resolveType: (answer) => (answer as ChainSource).type,
});

/** What stands for an answer. */
type ChainSource = (ChainsFound & { type: 'ChainsFound' }) | Exclude<FoundAnswer, { type: 'ChainsFound' }>;

@ArgsType()
export class ChainArgs {
  @Field(() => ID, { description: 'The id or slug of the one end.' })
  from!: string;

  @Field(() => ID, { description: 'The id or slug of the other end.' })
  to!: string;

  @Field(() => ChainFilter, { nullable: true, description: 'Which links it may go through.' })
  through?: ChainFilter | null;

  @Field(() => Int, {
    nullable: true,
    defaultValue: 6,
    description: `Most links, 1 to ${MOST_HOPS}. Otherwise INVALID_INPUT, rule LIMIT.`,
  })
  maxHops?: number | null;

  @Field(() => Int, {
    nullable: true,
    defaultValue: 1,
    description: `How many chains at most, 1 to ${MOST_ALTERNATIVES}. Otherwise INVALID_INPUT, rule LIMIT.`,
  })
  alternatives?: number | null;
}

@Resolver()
export class ChainResolver {
  @Query(() => ChainAnswer, {
    description:
      'The shortest chains of relationships between two people: through which exes, unless other kinds are asked for. Whom the viewer ' +
      'may not see is on none, and unknown as an end.',
  })
  async chain(@Ctx() context: Context, @Args(() => ChainArgs) args: ChainArgs): Promise<ChainSource> {
    const { graph, sight } = context;
    const { from, to, maxHops, alternatives } = args;
    const question = {
      from,
      to,
      through: throughOf(context, args.through ?? {}),
      maxHops: maxHops ?? 6,
      alternatives: alternatives ?? 1,
    };
    const answer = await chain(graph, question, sight, { signal: searchSignal(context) });
    return answer.type === 'ChainsFound' ? { ...answer, chains: await chainsFor(context, answer.chains) } : answer;
  }
}

function throughOf(context: Context, filter: ChainFilter): Through {
  const { inTimeOrder, avoid } = filter;
  const kinds = filter.kinds ?? ['ROMANTIC'];
  const links = under('through', () => linkFilterOf(context, { ...filter, kinds }));
  return { ...links, inTimeOrder: inTimeOrder ?? false, avoid: avoid ?? [] };
}

/** The chains with everything that is on them. One of which something is gone by now is left out. */
async function chainsFor(context: Context, found: readonly FoundChain[]): Promise<Chain[]> {
  const chains = await Promise.all(found.map((one) => chainFor(context, one)));
  const whole = chains.filter((one) => one !== null);
  if (whole.length > 0) return whole;
  throw new AppError('UNAVAILABLE', 'The graph changed under the search; ask again.', { rule: 'CHANGED' });
}

async function chainFor(context: Context, found: FoundChain): Promise<Chain | null> {
  const [start, links] = await Promise.all([
    found.links.length === 0 ? findPerson(context, found.people[0] ?? '') : null,
    Promise.all(found.links.map((link) => linkFor(context, link))),
  ]);
  const whole = links.filter((link) => link !== null);
  const first = start ?? whole[0]?.from;
  if (first === undefined || whole.length < links.length) return null;
  const weakest = whole[found.links.findIndex(({ periodId }) => periodId === found.weakest?.periodId)] ?? null;
  return { people: [first, ...whole.map(({ to }) => to)], links: whole, weakest };
}

async function linkFor(context: Context, link: FoundLink): Promise<ChainLink | null> {
  const { loaders } = context;
  const [stored, own] = await Promise.all([
    loaders.relationships.load(link.relationshipId),
    loaders.periods.load(link.periodId),
  ]);
  if (stored === null || own === null) return null;
  const { certainty, standing } = link;
  const relationship = seenRelationship(context, stored, standing);
  const period = seenPeriod(context, own, stored, standing);
  const [from, to] = [link.from, link.to].map((id) => stored.parties.find((party) => party.id === id));
  if (!relationship || !period || !from || !to) return null;
  return { from: personFor(context, from), to: personFor(context, to), relationship, period, certainty, standing };
}
