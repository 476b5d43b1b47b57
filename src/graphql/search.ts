import { Args, ArgsType, Ctx, Field, Float, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { z } from 'zod';
import type { Hit, SearchQuery } from '../questions/search.js';
import { SEARCH_TYPES, type SearchType as SearchTypeWord } from '../questions/search-entry.js';
import { WHY, type Why as WhyWord } from '../questions/search-match.js';
import type { Place } from '../questions/search-rank.js';
import { findArticle } from './article.js';
import { type Connection, connect, connectionType, type Edge, PageArgs, type Sort } from './connection.js';
import type { Context } from './context.js';
import { enumOf } from './enums.js';
import { findEvent } from './event.js';
import { Node, type NodeSource } from './node.js';
import { findPerson } from './person.js';

const DEFAULT_HITS = 10;

export const SearchType = enumOf<SearchTypeWord>('SearchType', 'What can be searched.', {
  PERSON: 'People, by their names.',
  EVENT: 'Events, by what happened and to whom.',
  ARTICLE: 'Articles, by their titles.',
});

export const SearchReason = enumOf<WhyWord>('SearchReason', 'Why a name is found, best first.', {
  EXACT: 'It is what was typed, but for accents, case, apostrophes, other signs and spaces.',
  WORDS: 'It has every word that was typed, in any order.',
  PREFIX: 'It has every word, if the last one is unfinished or some are initials.',
  NEAR: 'It has every word, if one letter of some words with five or more is wrong.',
});

@ArgsType()
export class SearchArgs extends PageArgs {
  @Field(() => String, {
    description:
      'What to look for, 500 characters at most, else INVALID_INPUT, rule TEXT_LENGTH. Every sign in it is plain text.',
  })
  text!: string;

  @Field(() => [SearchType], { nullable: true, description: 'Only of these types; all where none is given.' })
  types?: SearchTypeWord[] | null;

  @Field(() => Int, {
    nullable: true,
    defaultValue: DEFAULT_HITS,
    description: 'How many at most, 1 to 100. Otherwise INVALID_INPUT, rule PAGE_SIZE.',
  })
  declare first?: number | null;
}

@ObjectType({ simpleResolvers: true, description: 'Something that was found.' })
export class SearchEdge {
  @Field(() => String, { description: 'Its place in the list, for `after`.' })
  cursor!: string;

  @Field(() => Node, { description: 'A Person, an Event or an Article.' })
  node!: NodeSource;

  @Field(() => Float, {
    description:
      'How well the name matches: 1 EXACT, 0.75 WORDS, 0.5 PREFIX, 0.25 NEAR. Whom it is about has no part in it.',
  })
  score!: number;

  @Field(() => String, { description: 'The name, alias or title that matches, as the viewer sees it.' })
  matchedName!: string;

  @Field(() => SearchReason, { description: 'Why it matches.' })
  why!: WhyWord;
}

export const SearchConnection = connectionType(
  'Search',
  () => Node,
  'what was found: the best match first, then people, events, articles, the better connected and the later first, then by name',
  SearchEdge,
);

const BEST_FIRST: Sort<Place> = {
  name: 'SEARCH',
  cursor: z.strictObject({
    why: z.enum(WHY),
    type: z.enum(SEARCH_TYPES),
    weight: z.number(),
    sort: z.string().min(1),
  }),
};

type SearchRow = Edge<NodeSource> & Pick<SearchEdge, 'score' | 'matchedName' | 'why'>;

interface Found {
  hit: Hit;
  /** Null where it is gone since it was found. */
  node: NodeSource | null;
}

const FIND: Record<SearchTypeWord, (context: Context, id: string) => Promise<NodeSource | null>> = {
  PERSON: findPerson,
  EVENT: findEvent,
  ARTICLE: findArticle,
};

@Resolver()
export class SearchResolver {
  @Query(() => SearchConnection, {
    description:
      'Finds people by any of their names, and events and articles by title: word order, accents, case and signs don’t matter, the last ' +
      'word may be unfinished, and a word of five letters or more may have one wrong. One letter alone begins a word of a person’s name, ' +
      'but is a whole word of a title. Without a letter or digit it finds nothing.',
  })
  search(@Ctx() context: Context, @Args(() => SearchArgs) args: SearchArgs): Connection<SearchRow> {
    const { search, graph, sight } = context;
    const query: SearchQuery = { text: args.text, types: args.types ?? null };
    return connect<Found, Place, SearchRow>({
      sort: BEST_FIRST,
      args: { ...args, first: args.first ?? DEFAULT_HITS },
      read: async (page) => nodesOf(context, (await search.search({ ...query, ...page }, sight, graph)).hits),
      cursorOf: ({ hit }) => hit.cursor,
      shape: ({ hit: { score, name, why }, node }) => node && { node, score, matchedName: name, why },
      count: () => search.count(query, sight, graph),
    });
  }
}

function nodesOf(context: Context, hits: readonly Hit[]): Promise<Found[]> {
  return Promise.all(hits.map(async (hit) => ({ hit, node: await FIND[hit.type](context, hit.id) })));
}
