import { Args, ArgsType, Ctx, Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { z } from 'zod';
import { quoteContext } from '../domain/quote-context.js';
import type { Evidence as EvidenceWord, Verdict as VerdictWord } from '../domain/words.js';
import { invalid } from '../errors.js';
import type { CitationCursor, StoredCitation } from '../store/citation.js';
import { Article, type ArticleSource, articleFor } from './article.js';
import { Claim, type ClaimSource, Verdict } from './claim.js';
import { type Connection, connect, connectionType, type Edge, PageArgs } from './connection.js';
import { type Context, is } from './context.js';
import { enumOf } from './enums.js';
import { Node, type NodeSource } from './node.js';
import { Person, type PersonSource, personFor } from './person.js';

export const Evidence = enumOf<EvidenceWord>('Evidence', 'Who speaks in a quote.', {
  PRINCIPAL: 'One of the people themselves, on record.',
  REPRESENTATIVE: 'Somebody who speaks for one of them.',
  RECORD: 'An official record.',
  WITNESS: 'Somebody named who was there.',
  DATASET: 'A data set.',
  OUTLET: "The outlet's own word.",
  UNNAMED_SOURCE: 'A source without a name.',
});

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: "A quote in an article that states exactly its claim's value.",
})
export class Citation extends Node {
  @Field(() => String, {
    nullable: true,
    description:
      'The words; whoever the viewer may not see reads "[name withheld]". Null for readers until somebody has reviewed whom the article names.',
  })
  quote!: string | null;

  @Field(() => Int, {
    nullable: true,
    description: "Where it begins in the article's text, in UTF-16 code units from 0; null where no text is kept.",
  })
  from!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: "Where it ends in the article's text, exclusive; null where no text is kept.",
  })
  to!: number | null;

  @Field(() => Evidence, { description: 'Who speaks in it.' })
  evidence!: EvidenceWord;

  @Field(() => Person, { nullable: true, description: 'For whom it speaks, where it is the word of a side.' })
  side!: PersonSource | null;

  @Field(() => Verdict, { description: 'What was decided; readers see ACCEPTED ones.' })
  verdict!: VerdictWord;

  @Field(() => Article, { description: 'The article that it stands in.' })
  article!: ArticleSource;

  @Field(() => Int, { description: 'The number of the last change to the record, for `expectedRevision`.' })
  revision!: number;
}

/** What stands for a citation. */
export interface CitationSource extends NodeSource {
  stored: StoredCitation;
}

/** A citation that the store has found for this viewer. */
export function citationFor(context: Context, stored: StoredCitation): CitationSource {
  const { id, quote, from, to, evidence, verdict, revision, article, sidePerson } = stored;
  const source = {
    ...{ __typename: 'Citation', stored, id, quote, from, to, evidence, verdict, revision },
    article: () => articleFor(article),
    side: () => sidePerson && personFor(context, sidePerson),
  };
  return source;
}

/** The citation with this id, for a look-up. */
export async function findCitation(context: Context, id: string): Promise<CitationSource | null> {
  const stored = await context.loaders.citations.load(id);
  return stored && citationFor(context, stored);
}

const BY_ARTICLE = { name: 'ARTICLE', cursor: z.strictObject({ sort: z.string().min(1), id: z.string().min(1) }) };

export const CitationConnection = connectionType(
  'Citation',
  () => Citation,
  "citations, by their article's day, then id",
);

const MOST_AROUND = 2000;

@ObjectType({
  simpleResolvers: true,
  description:
    'A quote as it stands in the text of its article, where whoever the viewer may not see reads `█`, sign for sign.',
})
export class QuoteInContext {
  @Field(() => String, { description: 'What comes before it.' })
  before!: string;

  @Field(() => String, { description: 'The quote.' })
  quote!: string;

  @Field(() => String, { description: 'What comes after it.' })
  after!: string;
}

@ArgsType()
class ContextArgs {
  @Field(() => Int, {
    nullable: true,
    defaultValue: 300,
    description: `How much of the text before it, in UTF-16 code units, 0 to ${MOST_AROUND}; else INVALID_INPUT, rule CONTEXT. No character is cut in two.`,
  })
  before?: number | null;

  @Field(() => Int, { nullable: true, defaultValue: 300, description: 'How much of the text after it, likewise.' })
  after?: number | null;
}

/** How much of a text is asked for. Throws INVALID_INPUT, rule CONTEXT. */
function widthOf(asked: number | null | undefined, field: string): number {
  const width = asked ?? 300;
  if (width >= 0 && width <= MOST_AROUND) return width;
  throw invalid(field, 'CONTEXT', `${field} is 0 to ${MOST_AROUND}, not ${width}.`);
}

@Resolver(() => Citation)
export class QuoteContextResolver {
  @FieldResolver(() => QuoteInContext, {
    nullable: true,
    description:
      'The quote with the text around it. For REVIEWER and above; null for others, and where no text is kept or the quote does not stand in it any more.',
  })
  async context(
    @Root() { stored }: CitationSource,
    @Ctx() context: Context,
    @Args(() => ContextArgs) args: ContextArgs,
  ): Promise<QuoteInContext | null> {
    const wide = { before: widthOf(args.before, 'before'), after: widthOf(args.after, 'after') };
    const { from, to, article } = stored;
    if (!is(context, 'REVIEWER') || from === null || to === null || !article.hasText) return null;
    const text = await context.loaders.texts.load(article.id);
    return text === null ? null : quoteContext(text, { from, to }, wide);
  }
}

@Resolver(() => Claim)
export class CitationsOfClaimResolver {
  @FieldResolver(() => CitationConnection, { description: 'The quotes that it rests on.' })
  citations(
    @Root() claim: ClaimSource,
    @Ctx() context: Context,
    @Args(() => PageArgs) args: PageArgs,
  ): Connection<Edge<NodeSource>> {
    const { loaders } = context;
    return connect<StoredCitation, CitationCursor, Edge<NodeSource>>({
      sort: BY_ARTICLE,
      args,
      read: (page) => loaders.citationsOf(page).load(claim.id),
      cursorOf: ({ cursor }) => cursor,
      shape: (stored) => ({ node: citationFor(context, stored) }),
      count: () => loaders.citationCountsOf.load(claim.id),
    });
  }
}
