import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Field, FieldResolver, ID, Info, Int, ObjectType, Query, Resolver, Root } from 'type-graphql';
import type { DateParts } from '../domain/partial-date.js';
import { isoOrNull } from '../domain/partial-date.js';
import type { ArticleKind as ArticleKindWord } from '../domain/words.js';
import { invalid } from '../errors.js';
import type { SeenMention, StoredArticle } from '../store/article.js';
import type { ArticleOrder as ArticleOrderWord } from '../store/article-list.js';
import { AS_OF, articleIdAsOf, contextAsOf } from './as-of.js';
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
import { Node, type NodeSource } from './node.js';
import { dateOf, PartialDate } from './partial-date.js';
import { Person, type PersonSource, personFor } from './person.js';
import { DateTime } from './scalars.js';

export const ArticleKind = enumOf<ArticleKindWord>('ArticleKind', 'What sort of source it is.', {
  NEWS: 'A news article.',
  INTERVIEW: 'An interview.',
  RECORD: 'An official record.',
  DATASET: 'A data set.',
  OTHER: 'Anything else.',
});

type PartWord = SeenMention['part'];

export const ArticlePart = enumOf<PartWord>('ArticlePart', 'Where in an article something stands.', {
  TITLE: 'In its title.',
  TEXT: 'In its text.',
});

@ObjectType({ simpleResolvers: true, description: 'A place where an article names a person.' })
export class Mention {
  @Field(() => String, { description: 'The words that name them.' })
  surface!: string;

  @Field(() => ArticlePart, { description: 'Whether `from` and `to` count in the title or the text.' })
  part!: PartWord;

  @Field(() => Int, { description: 'Where the words begin, in UTF-16 code units from 0.' })
  from!: number;

  @Field(() => Int, { description: 'Where the words end, exclusive, in UTF-16 code units.' })
  to!: number;

  @Field(() => Person, { description: 'Who is named.' })
  person!: PersonSource;
}

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'A source: a news article, an interview, a record, a data set.',
})
export class Article extends Node {
  @Field(() => String, { nullable: true, description: 'Where it is on the web.' })
  url!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Its title; whoever the viewer may not see reads "[name withheld]". Null for readers until somebody has reviewed whom it names.',
  })
  title!: string | null;

  @Field(() => String, { nullable: true, description: 'Who published it.' })
  outlet!: string | null;

  @Field(() => String, { nullable: true, description: 'Who wrote it.' })
  author!: string | null;

  @Field(() => PartialDate, { nullable: true, description: 'When it appeared; null where it shows no date.' })
  published!: DateParts | null;

  @Field(() => String, { description: 'The day on which it was read, as `2014-05-24`.' })
  retrieved!: string;

  @Field(() => String, { nullable: true, description: 'Its language, as BCP 47 writes it: `en`.' })
  language!: string | null;

  @Field(() => ArticleKind, { description: 'What sort of source it is.' })
  kind!: ArticleKindWord;

  @Field(() => Int, { description: 'Counts the versions of its text that were read, from 1.' })
  version!: number;

  @Field(() => Int, { description: 'The number of the last change to the record, for `expectedRevision`.' })
  revision!: number;
}

/** What stands for an article. */
export interface ArticleSource extends NodeSource {
  stored: StoredArticle;
}

/** An article that the store has found for this viewer. */
export function articleFor(stored: StoredArticle): ArticleSource {
  const { id, url, title, outlet, author, published, retrieved, language, kind, version, revision } = stored;
  const source = {
    ...{ __typename: 'Article', stored },
    ...{ id, url, title, outlet, author, language, kind, version, revision },
    published: () => (published === null ? null : dateOf(published)),
    retrieved: isoOrNull(retrieved),
  };
  return source;
}

/** The article with this id, for a look-up. */
export async function findArticle({ loaders }: Context, id: string): Promise<ArticleSource | null> {
  const stored = await loaders.articles.load(id);
  return stored && articleFor(stored);
}

export const ArticleConnection = connectionType('Article', () => Article, 'articles, by day, then id');

@Resolver(() => Article)
export class ArticleResolver {
  @Query(() => Article, {
    nullable: true,
    description:
      'An article by id or url: exactly one of them, else INVALID_INPUT, rule ONE_KEY. Readers find what is cited for something they may see.',
  })
  async article(
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg('id', () => ID, { nullable: true, description: 'The id.' }) id?: string | null,
    @Arg('url', () => String, { nullable: true, description: 'The address.' }) url?: string | null,
    @Arg('asOf', () => DateTime, { nullable: true, description: AS_OF }) asOf?: string | null,
  ): Promise<ArticleSource | null> {
    if ((id == null) === (url == null)) throw invalid('id', 'ONE_KEY', 'Give either id or url.');
    const then = await contextAsOf(context, info, asOf);
    if (then === null) return null;
    const ref = then === context ? id : (id ?? (await articleIdAsOf(context, url ?? '')));
    if (ref != null) return ref.startsWith('art_') && ref.length <= 100 ? findArticle(then, ref) : null;
    const stored = then === context && url ? await context.loaders.articlesByUrl.load(url) : null;
    return stored && articleFor(stored);
  }

  @FieldResolver(() => [Article], { description: 'The sources that it copies or is drawn from, in a stable order.' })
  async basedOn(@Root() { stored }: ArticleSource, @Ctx() { loaders }: Context): Promise<ArticleSource[]> {
    const sources = await Promise.all(stored.basedOn.map((id) => loaders.articles.load(id)));
    return sources.flatMap((source) => (source === null ? [] : [articleFor(source)]));
  }

  @FieldResolver(() => [Article], {
    description: 'The articles that copy it or are drawn from it, by day; 100 at most.',
  })
  async copies(@Root() { id }: ArticleSource, @Ctx() { loaders }: Context): Promise<ArticleSource[]> {
    return (await loaders.copies.load(id)).map(articleFor);
  }

  @FieldResolver(() => [Mention], {
    description: 'Whom it names, title first, by place; 1,000 at most. For REVIEWER and above, else empty.',
  })
  async mentions(@Root() { id }: ArticleSource, @Ctx() context: Context): Promise<Mention[]> {
    if (!is(context, 'REVIEWER')) return [];
    const mentions = await context.loaders.mentions.load(id);
    return mentions.map((mention) => ({ ...mention, person: personFor(context, mention.person) }));
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description:
      'Whether a person has looked at whom it names; a new title or text sets it to false. For REVIEWER and above, else null.',
  })
  mentionsReviewed(@Root() { stored }: ArticleSource, @Ctx() context: Context): boolean | null {
    return is(context, 'REVIEWER') ? stored.mentionsReviewed : null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Its text, where it is kept; the names of whoever the viewer may not see are blackened (`█`), sign for sign, so that every `from` and `to` counts in it. For REVIEWER and above, else null.',
  })
  async text(@Root() { id, stored }: ArticleSource, @Ctx() context: Context): Promise<string | null> {
    return stored.hasText && is(context, 'REVIEWER') ? context.loaders.texts.load(id) : null;
  }
}

interface ArticlesOf {
  args: PageArgs;
  orderBy: ArticleOrderWord;
  read: (page: { first: number; after: { sort: string } | null }) => Promise<StoredArticle[]>;
  count: () => Promise<number>;
}

/** A list of articles, read and counted as told. Throws INVALID_INPUT. */
export function articlesOf({ args, orderBy, read, count }: ArticlesOf): Connection<Edge<ArticleSource>> {
  return connect({
    sort: sortText(orderBy),
    args,
    read,
    cursorOf: ({ sort }) => ({ sort }),
    shape: (stored) => ({ node: articleFor(stored) }),
    count,
  });
}

@Resolver(() => Person)
export class ArticlesOfPersonResolver {
  @FieldResolver(() => ArticleConnection, {
    description: 'The articles that are cited for a claim about the person, or mention them.',
  })
  articles(
    @Root() person: PersonSource,
    @Ctx() { loaders }: Context,
    @Args(() => PageArgs) args: PageArgs,
  ): Connection<Edge<ArticleSource>> {
    const list = articlesOf({
      args,
      orderBy: 'PUBLISHED_ASC',
      read: (page) => loaders.articlesOfPeople(page).load(person.id),
      count: () => loaders.articleCountsOfPeople.load(person.id),
    });
    return person.nameOnly ? emptyConnection() : list;
  }
}
