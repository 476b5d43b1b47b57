import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql';
import type { Field as FieldWord, Polarity as PolarityWord, Verdict as VerdictWord } from '../domain/words.js';
import { type StoredClaim, seesClaim } from '../store/claim.js';
import { Article, type ArticleSource } from './article.js';
import { ClaimValue, valueFor } from './claim-value.js';
import {
  type Connection,
  connect,
  connectionType,
  type Edge,
  emptyConnection,
  PageArgs,
  sortText,
} from './connection.js';
import { type Context, is } from './context.js';
import { enumOf } from './enums.js';
import { Event, type EventSource } from './event.js';
import { Node, type NodeSource } from './node.js';
import { Period, type PeriodSource } from './period.js';
import { Person, type PersonSource } from './person.js';
import { Relationship, type RelationshipSource } from './relationship.js';
import { findSubject } from './subject.js';

export const ClaimField = enumOf<FieldWord>('ClaimField', 'What a claim is on.', {
  EXISTS: 'That it is, or was.',
  START: 'When it began.',
  APART: 'That, or when, the two parted.',
  END: 'That, or when, it ended, or that it goes on.',
  END_REASON: 'Why it ended.',
  DATE: 'When an event happened.',
  BIRTH: 'When somebody was born.',
  DEATH: 'When somebody died.',
  PLACE: 'Where an event happened.',
  NAME: 'What somebody is called: once it is REPORTED, one of `aliases`, and they are found by it.',
  OCCUPATION: 'What somebody does.',
  PARTICIPANT: 'Who took part in an event: accepting it makes them a participant.',
});

export const Polarity = enumOf<PolarityWord>('Polarity', 'Whether a claim says or denies its value.', {
  ASSERTS: 'It is so.',
  DENIES: 'It is not so.',
});

export const Verdict = enumOf<VerdictWord>('Verdict', 'What a person has decided about a claim or citation.', {
  PROPOSED: 'Nothing yet.',
  ACCEPTED: 'A source says this, and we may show it at its standing; not that it is true.',
  REJECTED: 'It is not used.',
});

@ArgsType()
export class ClaimArgs extends PageArgs {
  @Field(() => ClaimField, { nullable: true, description: 'Only those on this field.' })
  field?: FieldWord | null;
}

@ObjectType({ implements: Node, simpleResolvers: true, description: 'What sources say about one field of one record.' })
export class Claim extends Node {
  @Field(() => Node, { nullable: true, description: 'The person, relationship, period or event that it is about.' })
  subject!: NodeSource | null;

  @Field(() => ClaimField, { description: 'What it is on.' })
  field!: FieldWord;

  @Field(() => ClaimValue, { description: 'What it says.' })
  value!: object;

  @Field(() => Polarity, { description: 'Whether its sources say or deny it.' })
  polarity!: PolarityWord;

  @Field(() => Verdict, { description: 'What was decided; readers see ACCEPTED ones.' })
  verdict!: VerdictWord;

  @Field(() => String, { nullable: true, description: 'The note of that decision; for REVIEWER and above, else null.' })
  verdictNote!: string | null;

  @Field(() => Claim, {
    nullable: true,
    description: 'The more precise accepted claim of the same field that it agrees with.',
  })
  agreesWith!: ClaimSource | null;

  @Field(() => Int, {
    description: 'How many sources that do not go back to one another say so: five copies of a text are one.',
  })
  independentSources!: number;

  @Field(() => String, {
    nullable: true,
    description: 'What found it: `person`, `import` or a rule; for REVIEWER and above, else null.',
  })
  extractor!: string | null;

  @Field(() => Int, {
    description: 'The number of the last change to the claim or one of its citations, for `expectedRevision`.',
  })
  revision!: number;
}

/** What stands for a claim. */
export interface ClaimSource extends NodeSource {
  stored: StoredClaim;
}

/** The claim as the viewer sees it, or null: gone or hidden. */
export function seenClaim(context: Context, stored: StoredClaim | null): ClaimSource | null {
  return stored !== null && seesClaim(context.sight, stored) ? claimFor(context, stored) : null;
}

/** Everything of a claim that may be shown to somebody who sees it. */
export function claimFor(context: Context, stored: StoredClaim): ClaimSource {
  const { id, field, polarity, verdict, sources, revision } = stored;
  const reviewing = is(context, 'REVIEWER');
  const source = {
    ...{ __typename: 'Claim', stored, id, field, polarity, verdict, revision },
    subject: () => findSubject(context, stored.subject),
    value: () => valueFor(context, stored.value),
    verdictNote: reviewing ? stored.verdictNote : null,
    extractor: reviewing ? stored.extractor : null,
    agreesWith: () => (stored.agreesWith === null ? null : findClaim(context, stored.agreesWith)),
    independentSources: sources,
  };
  return source;
}

/** The claim with this id, for a look-up. */
export async function findClaim(context: Context, id: string): Promise<ClaimSource | null> {
  return seenClaim(context, await context.loaders.claims.load(id));
}

/** The claims with these ids that the viewer sees, in this order. */
export async function findClaims(context: Context, ids: readonly string[]): Promise<ClaimSource[]> {
  const claims = await Promise.all(ids.map((id) => findClaim(context, id)));
  return claims.filter((claim) => claim !== null);
}

export const ClaimConnection = connectionType('Claim', () => Claim, 'claims, by field, then by what they say, then id');

export type Claims = Connection<Edge<ClaimSource>>;

type ReadClaims = (page: { first: number; after: { sort: string } | null }) => Promise<StoredClaim[]>;

function claimsOf(context: Context, args: PageArgs, read: ReadClaims, count: () => Promise<number>): Claims {
  return connect({
    sort: sortText('CLAIM'),
    args,
    read,
    cursorOf: ({ sort }) => ({ sort }),
    shape: (stored) => {
      const node = seenClaim(context, stored);
      return node && { node };
    },
    count,
  });
}

function claimsAbout(context: Context, subject: string, args: ClaimArgs): Claims {
  const field = args.field ?? null;
  const { loaders } = context;
  return claimsOf(
    context,
    args,
    ({ first, after }) => loaders.claimsOf({ field, first, after }).load(subject),
    () => loaders.claimCountsOf(field).load(subject),
  );
}

@Resolver(() => Person)
export class ClaimsOfPersonResolver {
  @FieldResolver(() => ClaimConnection, { description: 'What sources say about birth, death, names and occupations.' })
  claims(@Root() person: PersonSource, @Ctx() context: Context, @Args(() => ClaimArgs) args: ClaimArgs): Claims {
    const list = claimsAbout(context, person.id, args);
    return person.nameOnly ? emptyConnection() : list;
  }
}

@Resolver(() => Relationship)
export class ClaimsOfRelationshipResolver {
  @FieldResolver(() => ClaimConnection, {
    description: 'What sources say about the relationship as such, which could not be tied to one of its periods.',
  })
  claims(@Root() of: RelationshipSource, @Ctx() context: Context, @Args(() => ClaimArgs) args: ClaimArgs): Claims {
    const list = claimsAbout(context, of.id, args);
    return of.nameOnly ? emptyConnection() : list;
  }

  @FieldResolver(() => [Claim], {
    description: 'Accepted claims that deny the relationship or one of its periods, by id.',
  })
  async denials(@Root() of: RelationshipSource, @Ctx() context: Context): Promise<ClaimSource[]> {
    return of.nameOnly ? [] : findClaims(context, of.stored.shown.denials);
  }
}

@Resolver(() => Period)
export class ClaimsOfPeriodResolver {
  @FieldResolver(() => ClaimConnection, { description: 'What sources say about the period.' })
  claims(@Root() { id }: PeriodSource, @Ctx() context: Context, @Args(() => ClaimArgs) args: ClaimArgs): Claims {
    return claimsAbout(context, id, args);
  }

  @FieldResolver(() => [Claim], { description: 'Accepted claims that deny it, by id.' })
  denials(@Root() { stored }: PeriodSource, @Ctx() context: Context): Promise<ClaimSource[]> {
    return findClaims(context, stored.shown.denials);
  }

  @FieldResolver(() => [Claim], {
    description: 'The claims that decide a bound of the field, by id: START, APART or END; empty for any other.',
  })
  async why(
    @Root() { stored }: PeriodSource,
    @Ctx() context: Context,
    @Arg('field', () => ClaimField, { description: 'The field.' }) field: FieldWord,
  ): Promise<ClaimSource[]> {
    const { start, apart, end } = stored.shown;
    const facts: Partial<Record<FieldWord, { why: string[] }>> = { START: start, APART: apart, END: end };
    return findClaims(context, facts[field]?.why ?? []);
  }
}

@Resolver(() => Event)
export class ClaimsOfEventResolver {
  @FieldResolver(() => ClaimConnection, { description: 'What sources say about the event.' })
  claims(@Root() { id }: EventSource, @Ctx() context: Context, @Args(() => ClaimArgs) args: ClaimArgs): Claims {
    return claimsAbout(context, id, args);
  }
}

@Resolver(() => Article)
export class ClaimsOfArticleResolver {
  @FieldResolver(() => ClaimConnection, { description: 'The claims that the article is cited for.' })
  claims(@Root() { id }: ArticleSource, @Ctx() context: Context, @Args(() => PageArgs) args: PageArgs): Claims {
    const { loaders } = context;
    return claimsOf(
      context,
      args,
      (page) => loaders.claimsOfArticles(page).load(id),
      () => loaders.claimCountsOfArticles.load(id),
    );
  }
}
