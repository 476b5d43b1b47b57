import {
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Int,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { momentOf } from '../domain/moment.js';
import type { Evidence as EvidenceWord, Field as FieldWord, Verdict as VerdictWord } from '../domain/words.js';
import { seqAt } from '../store/moment.js';
import {
  countQueue,
  type QueueOrder as OrderWord,
  queuePage,
  type QueueFilter as StoredFilter,
} from '../store/queue.js';
import { findArticle } from './article.js';
import { pastOf } from './as-of.js';
import { Evidence } from './citation.js';
import { Claim, ClaimConnection, ClaimField, type ClaimSource, type Claims, seenClaim } from './claim.js';
import { connect, PageArgs, sortText } from './connection.js';
import { type Context, is, onlyFor } from './context.js';
import { enumOf } from './enums.js';
import { findPerson } from './person.js';
import { DateTime } from './scalars.js';

type WaitsWord = 'CLAIM' | 'CITATION';

export const Waits = enumOf<WaitsWord>('Waits', 'What of a claim waits for a decision.', {
  CLAIM: 'The claim itself is PROPOSED, with all its quotes that nobody has rejected.',
  CITATION: 'The claim is ACCEPTED, and quotes of it are PROPOSED: another source for it.',
});

export const QueueOrder = enumOf<OrderWord>('QueueOrder', 'In which order the review queue lists what waits.', {
  OLDEST: 'What has waited longest first.',
  STRONGEST:
    'By the best class of evidence among the quotes that wait (RECORD, PRINCIPAL, REPRESENTATIVE, WITNESS, DATASET, OUTLET, UNNAMED_SOURCE, none), then the most independent sources, then the oldest.',
});

const VERDICT: Record<WaitsWord, StoredFilter['verdict']> = { CLAIM: 'PROPOSED', CITATION: 'ACCEPTED' };

@ObjectType({ simpleResolvers: true, description: 'What of a claim waits for a decision.' })
export class Waiting {
  @Field(() => Waits, { description: 'The claim, or further quotes for an accepted one.' })
  what!: WaitsWord;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the oldest part that waits, claim or quote, was made, or was last changed.',
  })
  since!: string | null;

  @Field(() => Evidence, {
    nullable: true,
    description: 'The best class of the quotes that wait; null where none does.',
  })
  evidence!: EvidenceWord | null;

  @Field(() => Int, {
    description: 'How many sources that do not go back to one another the quotes that wait come from.',
  })
  independentSources!: number;
}

@InputType({ description: 'Which claims of the review queue to list; what is left out filters nothing.' })
export class QueueFilter {
  @Field(() => ID, {
    nullable: true,
    description:
      'Only claims that depend on this person, by id or slug: about them, their relationships, their events.',
  })
  person?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only with a quote that waits in this article.' })
  article?: string | null;

  @Field(() => String, { nullable: true, description: 'Only with a quote that waits of this outlet, in any case.' })
  outlet?: string | null;

  @Field(() => [Evidence], { nullable: true, description: 'Only with a quote that waits of one of these classes.' })
  evidence?: EvidenceWord[] | null;

  @Field(() => [ClaimField], { nullable: true, description: 'Only on one of these fields.' })
  fields?: FieldWord[] | null;

  @Field(() => Waits, {
    nullable: true,
    description: 'Only claims that wait themselves, or only accepted ones with further quotes.',
  })
  what?: WaitsWord | null;

  @Field(() => String, { nullable: true, description: 'Only what this has found: `person`, `import` or a rule.' })
  extractor?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Only what has waited since this moment or longer.' })
  waitsSince?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Only what has come after this moment.' })
  cameAfter?: string | null;
}

@ArgsType()
export class QueueArgs extends PageArgs {
  @Field(() => QueueFilter, { nullable: true, description: 'Which claims.' })
  filter?: QueueFilter | null;

  @Field(() => QueueOrder, { nullable: true, defaultValue: 'OLDEST', description: 'In which order.' })
  orderBy?: OrderWord | null;
}

/** The filter as the store takes it, null where it names somebody or something that isn't there, or is hidden: nothing is listed. */
async function filterOf(context: Context, filter: QueueFilter | null | undefined): Promise<StoredFilter | null> {
  const {
    person,
    article,
    waitsSince,
    cameAfter,
    what,
    outlet = null,
    evidence = null,
    fields = null,
    extractor = null,
  } = filter ?? {};
  const [about, source, sinceMax, sinceMin] = await Promise.all([
    person == null ? null : findPerson(context, person),
    article == null ? null : findArticle(context, article),
    waitsSince == null ? null : seqAt(context.graph, momentOf(waitsSince, 'filter.waitsSince')),
    cameAfter == null ? null : seqAt(context.graph, momentOf(cameAfter, 'filter.cameAfter')).then((seq) => seq + 1),
  ]);
  if ((person != null && about === null) || (article != null && source === null)) return null;
  const named = { person: about?.id ?? null, article: source?.id ?? null };
  return {
    ...named,
    ...{ outlet, evidence, fields, extractor, sinceMin, sinceMax },
    verdict: what ? VERDICT[what] : null,
  };
}

@Resolver(() => Claim)
export class QueueResolver {
  @Query(() => ClaimConnection, {
    description:
      'What waits for a decision: PROPOSED claims, and ACCEPTED ones with PROPOSED quotes; `Claim.waiting` tells which. A claim leaves when it is decided, so begin the next page after the last cursor. For REVIEWER and above, else UNAUTHENTICATED or FORBIDDEN.',
  })
  reviewQueue(@Ctx() context: Context, @Args(() => QueueArgs) args: QueueArgs): Claims {
    onlyFor(context, 'REVIEWER', 'Claims that wait are');
    const { graph, sight } = context;
    const orderBy = args.orderBy ?? 'OLDEST';
    let asked: Promise<StoredFilter | null> | undefined;
    const filtered = async <Of>(none: Of, read: (filter: StoredFilter) => Promise<Of>) => {
      asked ??= filterOf(context, args.filter);
      const filter = await asked;
      return filter === null ? none : read(filter);
    };
    return connect({
      sort: sortText(orderBy),
      args,
      read: (page) => filtered([], (filter) => queuePage(graph, { ...page, orderBy }, filter, sight)),
      cursorOf: ({ cursor }) => cursor,
      shape: (stored) => {
        const node = seenClaim(context, stored);
        return node && { node };
      },
      count: () => filtered(0, (filter) => countQueue(graph, filter, sight)),
    });
  }

  @FieldResolver(() => Waiting, {
    nullable: true,
    description:
      'What of it waits for a decision. For REVIEWER and above, and as of today: else null, as where nothing waits.',
  })
  waiting(@Root() { stored }: ClaimSource, @Ctx() context: Context): object | null {
    if (!is(context, 'REVIEWER') || pastOf(context) !== null || stored.waiting === null) return null;
    const { since, evidence, sources } = stored.waiting;
    return {
      what: whatWaits(stored.verdict),
      ...{ evidence, independentSources: sources },
      since: () => context.loaders.timesOfChanges.load(String(since)),
    };
  }
}

const whatWaits = (verdict: VerdictWord): WaitsWord => (verdict === 'PROPOSED' ? 'CLAIM' : 'CITATION');
