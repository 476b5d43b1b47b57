import { eventTitle } from '../domain/event-title.js';
import type { Sight } from '../domain/gate.js';
import { WITHHELD } from '../domain/withhold.js';
import type { Reads } from '../graph/graph.js';
import { MOST_ROWS } from '../store/names.js';
import { namesSeen, type Seen } from '../store/names-seen.js';
import { SEARCH_TYPES, type SearchType } from './search-entry.js';
import { catchUp, type Following, load } from './search-feed.js';
import { foldedOf, type Match, match, nameOf, type Wanted, type Why, wanted } from './search-match.js';
import { type Candidate, type Place, Ranking, Rankings } from './search-rank.js';

export interface SearchQuery {
  /** Plain text, whatever signs are in it. */
  text: string;
  /** Null takes all. */
  types: readonly SearchType[] | null;
}

export interface Hit {
  type: SearchType;
  id: string;
  /** The name or title that matches, as this sight sees it. */
  name: string;
  why: Why;
  /** From `why` alone: 1, 0.75, 0.5, 0.25. */
  score: number;
  /** Its place, after which the next page begins. */
  cursor: Place;
}

export interface Search {
  /**
   * What the sight may find, best first (`Place` says in what order), at most `first` after a place; whoever needs to know of a
   * next page asks for one more. Sees every change that was committed before it was asked. One statement where nothing has
   * changed, and one a type and batch of names looked at, of which there is one at least. `reads` are the asker's, which end with their request; without them, and
   * for what all askers share, the server's own are used.
   * @throws AppError INVALID_INPUT, field `text`, rule TEXT_LENGTH.
   */
  search(
    query: SearchQuery & { first: number; after: Place | null },
    sight: Sight,
    reads?: Reads,
  ): Promise<{ hits: Hit[] }>;
  /** How many hits all pages have together. */
  count(query: SearchQuery, sight: Sight, reads?: Reads): Promise<number>;
  /** Answers once the index is loaded; begins to load it. A failed load is tried again by whoever asks next. */
  ready(): Promise<void>;
}

interface Needs {
  graph: Reads;
  log?: { info(details: object, message: string): void };
}

const SCORE: Record<Why, number> = { EXACT: 1, WORDS: 0.75, PREFIX: 0.5, NEAR: 0.25 };
const FEWEST_LOOKED_AT = 20;
const NOTHING = new Ranking([], [], 0);

/**
 * The search over names, titles and events (design.md, section 9): one index in this process finds and orders, the graph then says
 * whom the sight may see and how they read, and only that is matched, paged and counted. The index itself holds everybody.
 */
export function createSearch({ graph, log }: Needs): Search {
  let following: Following | null = null;
  const rankings = new Rankings();
  const follow = oneAtATime(async () => {
    const before = following;
    following ??= await load(graph);
    following = await catchUp(graph, following);
    if (before === null) log?.info({ names: following.index.size, seq: following.at }, 'names are indexed');
    return following.index;
  });
  const ranked = async ({ text, types: only }: SearchQuery, { today }: Sight) => {
    const asked = wanted(text);
    const types = asked.words.length === 0 ? [] : [...new Set(only ?? SEARCH_TYPES)];
    const ranking = types.length === 0 ? NOTHING : rankings.ranked(await follow(), asked, types, today);
    return { asked, types, ranking };
  };
  return {
    async search(query, sight, reads = graph) {
      const { ranking, ...asked } = await ranked(query, sight);
      return { hits: await firstSeen(reads, ranking, query, asked, sight) };
    },
    async count(query, sight, reads = graph) {
      const { ranking, ...asked } = await ranked(query, sight);
      let count = 0;
      let at = 0;
      do {
        count += (await seenAmong(reads, ranking.slice(at, at + MOST_ROWS), asked, sight)).length;
        at += MOST_ROWS;
      } while (at < ranking.length);
      return count;
    },
    async ready() {
      await follow();
    },
  };
}

/** What is looked for, among which types. */
interface Asked {
  asked: Wanted;
  types: readonly SearchType[];
}

/** The first after a place that the sight sees, looking at more the more of them are hidden, and at as many where there are none. */
async function firstSeen(
  graph: Reads,
  ranking: Ranking,
  { first, after }: { first: number; after: Place | null },
  asked: Asked,
  sight: Sight,
): Promise<Hit[]> {
  const hits: Hit[] = [];
  let portion = Math.max(FEWEST_LOOKED_AT, 2 * first);
  let at = after === null ? 0 : ranking.after(after);
  do {
    const end = ranking.endOf(at, portion);
    hits.push(...(await seenAmong(graph, ranking.slice(at, end), asked, sight)));
    at = end;
    portion = Math.min(MOST_ROWS, portion * 4);
  } while (at < ranking.length && hits.length < first);
  return hits.slice(0, first);
}

/** Those of the candidates that the sight sees, that match as it sees them, and that match at this place. */
async function seenAmong(
  graph: Reads,
  candidates: readonly Candidate[],
  { asked, types }: Asked,
  sight: Sight,
): Promise<Hit[]> {
  const ids = new Set(candidates.map(({ entry }) => entry.id));
  const seen = await namesSeen(graph, [...ids], types, sight);
  return candidates.flatMap(({ entry: { id, type }, place }) => {
    const matched = matchSeen(asked, seen.get(id));
    if (matched?.why !== place.why) return [];
    return [{ type, id, ...matched, score: SCORE[matched.why], cursor: place }];
  });
}

function matchSeen(asked: Wanted, seen: Seen | undefined): Match | null {
  switch (seen?.type) {
    case 'PERSON':
      return match(asked, seen.names.map(nameOf));
    case 'EVENT':
      return match(asked, [nameOf(eventTitle(seen.kind, seen.participants))]);
    case 'ARTICLE':
      // The words that stand for somebody hidden are no words of the title.
      return match(asked, [{ written: seen.title, folded: foldedOf(seen.title.replaceAll(WITHHELD, ' ')) }]);
    default:
      return null;
  }
}

/**
 * Runs `work` once for everybody who asks before it begins, never twice at a time. Who asks while it runs shares the next run: what
 * they have just written may be later than what this one has read.
 */
function oneAtATime<T>(work: () => Promise<T>): () => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  let waiting: Promise<T> | null = null;
  const begin = () => {
    waiting = null;
    return work();
  };
  return () => {
    waiting ??= last.then(begin, begin);
    last = waiting;
    return waiting;
  };
}
