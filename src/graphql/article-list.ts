import { Arg, Args, Ctx, Field, ID, InputType, Query, Resolver } from 'type-graphql';
import type { ArticleKind as ArticleKindWord } from '../domain/words.js';
import {
  type ArticleOrder as ArticleOrderWord,
  articlesPage,
  countArticles,
  type ArticleFilter as StoredFilter,
} from '../store/article-list.js';
import { ArticleConnection, ArticleKind, type ArticleSource, articlesOf } from './article.js';
import { type Connection, type Edge, PageArgs } from './connection.js';
import { type Context, onlyFor } from './context.js';
import { AtLeast, type AtLeastWord, enumOf } from './enums.js';
import { seenIds } from './person.js';
import { EDTF } from './scalars.js';
import { spanOf } from './span.js';

export const ArticleOrder = enumOf<ArticleOrderWord>(
  'ArticleOrder',
  'By the day of publication, then id. An article without a date stands at the day on which it was read.',
  {
    PUBLISHED_ASC: 'The earliest first.',
    PUBLISHED_DESC: 'The latest first.',
  },
);

@InputType({ description: 'Which articles to list; what is left out filters nothing.' })
export class ArticleFilter {
  @Field(() => String, { nullable: true, description: 'Only from this outlet; case is ignored.' })
  outlet?: string | null;

  @Field(() => [ArticleKind], { nullable: true, description: 'Only of these kinds.' })
  kinds?: ArticleKindWord[] | null;

  @Field(() => [ID], {
    nullable: true,
    description:
      'Only those that are cited for a claim about one of these people, or mention them, by id or slug; 100 at most, else INVALID_INPUT, ' +
      'rule TOO_MANY.',
  })
  people?: string[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'False: only those in which nobody has looked for names yet; true: the others. For REVIEWER and above, else UNAUTHENTICATED or FORBIDDEN.',
  })
  mentionsReviewed?: boolean | null;

  @Field(() => EDTF, {
    nullable: true,
    description:
      'Only what was published, or may have been, from the first day of this date on. Nothing without a date matches.',
  })
  publishedFrom?: string | null;

  @Field(() => EDTF, {
    nullable: true,
    description:
      'Only what was published, or may have been, up to the last day of this date. Before `publishedFrom` it is INVALID_INPUT, rule DATE_ORDER.',
  })
  publishedTo?: string | null;

  @Field(() => AtLeast, {
    nullable: true,
    defaultValue: 'POSSIBLE',
    description: 'How certain a match of `publishedFrom` and `publishedTo` must be.',
  })
  certainty?: AtLeastWord | null;
}

@Resolver()
export class ArticleListResolver {
  @Query(() => ArticleConnection, { description: 'All articles that the viewer may see, or those that match, by day.' })
  async articles(
    @Ctx() context: Context,
    @Args(() => PageArgs) args: PageArgs,
    @Arg('filter', () => ArticleFilter, { nullable: true, description: 'Which articles.' })
    filter?: ArticleFilter | null,
    @Arg('orderBy', () => ArticleOrder, {
      nullable: true,
      defaultValue: 'PUBLISHED_ASC',
      description: 'The order of the list.',
    })
    order?: ArticleOrderWord | null,
  ): Promise<Connection<Edge<ArticleSource>>> {
    const { graph, sight } = context;
    const orderBy = order ?? 'PUBLISHED_ASC';
    const matching = await filterOf(context, filter ?? {});
    return articlesOf({
      args,
      orderBy,
      read: (page) => articlesPage(graph, { ...page, orderBy }, sight, matching),
      count: () => countArticles(graph, sight, matching),
    });
  }
}

async function filterOf(context: Context, filter: ArticleFilter): Promise<StoredFilter> {
  const { outlet, kinds, people, mentionsReviewed, publishedFrom: from, publishedTo: to, certainty } = filter;
  if (mentionsReviewed != null)
    onlyFor(context, 'REVIEWER', 'Whether somebody has looked for names is', { field: 'filter.mentionsReviewed' });
  return {
    outlet: outlet ?? null,
    mentionsReviewed: mentionsReviewed ?? null,
    kinds: kinds ?? null,
    people: await seenIds(context, people, 'filter.people'),
    published: spanOf({ from, to }, { from: 'filter.publishedFrom', to: 'filter.publishedTo' }),
    certainty: certainty ?? 'POSSIBLE',
  };
}
