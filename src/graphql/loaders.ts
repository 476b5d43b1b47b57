import DataLoader from 'dataloader';
import type { Standing } from '../domain/evidence.js';
import type { Sight } from '../domain/gate.js';
import { type Around, foundBeside, type Neighbours } from '../domain/vicinity.js';
import type { Field } from '../domain/words.js';
import type { Reads } from '../graph/graph.js';
import * as timeline from '../questions/timeline.js';
import * as article from '../store/article.js';
import { openingsOf } from '../store/aside-opening.js';
import { childrenOf } from '../store/children.js';
import * as citation from '../store/citation.js';
import * as claim from '../store/claim.js';
import * as contradiction from '../store/contradiction.js';
import * as event from '../store/event.js';
import { evidenceAround } from '../store/evidence-around.js';
import * as history from '../store/history.js';
import { type InTheWay, laterChanges } from '../store/later.js';
import * as link from '../store/link.js';
import { acceptancesOf, changesOfRecords, rejectionsOf } from '../store/made.js';
import type { Page, SortCursor } from '../store/page.js';
import * as period from '../store/period.js';
import * as person from '../store/person.js';
import { timesOfChanges } from '../store/queue.js';
import * as relationship from '../store/relationship.js';
import { romancesOf } from '../store/romances.js';
import { countTimelines, type TimelineFilter } from '../store/timeline.js';
import { vicinityOf } from '../store/vicinity.js';

export type Loaders = ReturnType<typeof loadersFor>;

/** What a page reads with: one batch for each distinct arguments, so that aliases with equal ones share a statement. */
type Family<Args, V> = (args: Args) => DataLoader<string, V>;

/** The batched reads of one request. A loader asks the store once for all keys of a level, and nothing twice. */
export function loadersFor(graph: Reads, sight: Sight) {
  const people = one((refs) => person.people(graph, refs));
  const relationships = one((ids) =>
    relationship.relationships(graph, ids).then(seen((found) => prime.relationships(found))),
  );
  const periods = one((ids) => period.periods(graph, ids));
  const articles = one((ids) => article.articles(graph, ids, sight));
  const around = one((subjects) => evidenceAround(graph, subjects, sight));
  const prime = primers({ people, relationships, periods, articles });
  return {
    people,
    relationships,
    periods,
    articles,
    prime,
    peopleByExternalId: one((ids) => person.peopleByExternalId(graph, ids)),
    between: pairs((both) => relationship.relationshipsBetween(graph, both).then(each(prime.relationships))),
    periodsOf: one((ids) => period.periodsOf(graph, ids).then(each(prime.periods))),
    links: family((ids, args: link.LinkArgs) => link.linksPage(graph, ids, args, sight).then(each(prime.links))),
    linkCounts: family((ids, filter: link.LinkFilter) => link.countLinks(graph, ids, filter, sight)),
    romancesOf: one((ids) => romancesOf(graph, ids, sight)),
    childrenOf: one((ids) => childrenOf(graph, ids, sight)),
    timelines: family((ids, page: timeline.TimelinePage) => timeline.timelines(graph, ids, page, sight)),
    timelineCounts: family((ids, filter: TimelineFilter) => countTimelines(graph, ids, filter, sight)),
    events: one((ids) => event.events(graph, ids)),
    eventsOfPeople: family((ids, args: event.EventArgs) => event.eventsOfPeople(graph, ids, args, sight)),
    eventCountsOfPeople: family((ids, least: Standing) => event.countEventsOfPeople(graph, ids, least, sight)),
    eventsOfPairs: family((ids, args: event.EventArgs) => event.eventsOfPairs(graph, ids, args, sight)),
    eventCountsOfPairs: family((ids, least: Standing) => event.countEventsOfPairs(graph, ids, least, sight)),
    articlesByUrl: one((urls) => article.articlesByUrl(graph, urls, sight)),
    texts: one((ids) => article.textsOf(graph, ids, sight)),
    mentions: one((ids) => article.mentionsOf(graph, ids, sight)),
    copies: one((ids) => article.copiesOf(graph, ids, sight)),
    articlesOfPeople: family((ids, page: Page<SortCursor>) => article.articlesOfPeople(graph, ids, page, sight)),
    articleCountsOfPeople: one((ids) => article.countArticlesOfPeople(graph, ids, sight)),
    claims: one((ids) => claim.claims(graph, ids)),
    claimsOf: family((ids, args: claim.ClaimArgs) => claim.claimsOf(graph, ids, args, sight)),
    claimCountsOf: family((ids, field: Field | null) => claim.countClaimsOf(graph, ids, field, sight)),
    claimsOfArticles: family((ids, page: Page<SortCursor>) => claim.claimsOfArticles(graph, ids, page, sight)),
    claimCountsOfArticles: one((ids) => claim.countClaimsOfArticles(graph, ids, sight)),
    citations: one((ids) => citation.citations(graph, ids, sight)),
    citationsOf: family((ids, page: Page<citation.CitationCursor>) =>
      citation.citationsOf(graph, ids, page, sight).then(each(prime.citations)),
    ),
    citationCountsOf: one((ids) => citation.countCitationsOf(graph, ids, sight)),
    around,
    neighbours: one((subjects) => neighboursOf(graph, subjects, around, sight)),
    openings: one((ids) => openingsOf(graph, ids)),
    ...logLoaders(graph, sight),
  };
}

/** What is read of the log, and of contradictions; who may is decided above. */
function logLoaders(graph: Reads, sight: Sight) {
  type IdPage = Page<contradiction.IdCursor>;
  return {
    changes: one((ids) => history.changes(graph, ids, sight)),
    laterChanges: new DataLoader((ways: readonly InTheWay[]) => laterChanges(graph, ways, sight)),
    undoings: one((ids) => history.undoings(graph, ids, sight)),
    edits: family((ids, page: { first: number; after: number }) => history.editsOf(graph, ids, page, sight)),
    editCounts: one((ids) => history.countEditsOf(graph, ids, sight)),
    histories: family((ids, page: history.HistoryPage) => history.historiesOf(graph, ids, page, sight)),
    historyCounts: family((ids, before: number) => history.countHistoriesOf(graph, ids, before, sight)),
    changesOfRecords: one((ids) => changesOfRecords(graph, ids)),
    timesOfChanges: one((seqs) => timesOfChanges(graph, seqs)),
    rejections: one((ids) => rejectionsOf(graph, ids)),
    acceptances: one((ids) => acceptancesOf(graph, ids)),
    contradictions: one((ids) => contradiction.contradictions(graph, ids, sight)),
    contradictionsOfPeople: family((ids, page: IdPage) =>
      contradiction.contradictionsOf(graph, 'people', ids, page, sight),
    ),
    contradictionCountsOfPeople: one((ids) => contradiction.countContradictionsOf(graph, 'people', ids, sight)),
    contradictionsOfPairs: family((ids, page: IdPage) =>
      contradiction.contradictionsOf(graph, 'relationships', ids, page, sight),
    ),
    contradictionCountsOfPairs: one((ids) => contradiction.countContradictionsOf(graph, 'relationships', ids, sight)),
  };
}

/** Of one vicinity for all subjects of a batch. */
async function neighboursOf(
  graph: Reads,
  subjects: readonly string[],
  around: DataLoader<string, Around | null>,
  sight: Sight,
): Promise<(Neighbours | null)[]> {
  const own = await Promise.all(subjects.map((subject) => around.load(subject)));
  const vicinity = await vicinityOf(
    graph,
    own.flatMap((each) => each ?? []),
    sight,
  );
  return own.map((each) => each && { now: foundBeside(each, vicinity, (cited) => cited), vicinity });
}

function one<V>(read: (keys: readonly string[]) => Promise<V[]>): DataLoader<string, V> {
  return new DataLoader(read);
}

function family<Args, V>(read: (keys: readonly string[], args: Args) => Promise<V[]>): Family<Args, V> {
  const loaders = new Map<string, DataLoader<string, V>>();
  return (args) => {
    const name = JSON.stringify(args);
    const loader = loaders.get(name) ?? one((keys) => read(keys, args));
    loaders.set(name, loader);
    return loader;
  };
}

/** Keyed by two person ids, whichever comes first. */
function pairs<V>(read: (keys: readonly (readonly [string, string])[]) => Promise<V[]>) {
  return new DataLoader<readonly [string, string], V, string>(read, {
    cacheKeyFn: (pair) => [...pair].sort().join('|'),
  });
}

/** Passes lists on after showing them all to `see`. */
const each =
  <V>(see: (values: readonly V[]) => void) =>
  <W extends V>(lists: W[][]): W[][] => {
    for (const list of lists) see(list);
    return lists;
  };

/** Passes on what was found after showing it to `see`. */
const seen =
  <V>(see: (values: readonly V[]) => void) =>
  (found: (V | null)[]): (V | null)[] => {
    see(found.filter((value) => value !== null));
    return found;
  };

interface Primed {
  people: DataLoader<string, person.StoredPerson | null>;
  relationships: DataLoader<string, relationship.StoredRelationship | null>;
  periods: DataLoader<string, period.StoredPeriod | null>;
  articles: DataLoader<string, article.StoredArticle | null>;
}

/** What a statement brought along is not read again. */
function primers(loaders: Primed) {
  const people = (some: readonly person.StoredPerson[]) => {
    for (const found of some) loaders.people.prime(found.id, found);
  };
  const periods = (some: readonly period.StoredPeriod[]) => {
    for (const found of some) loaders.periods.prime(found.id, found);
  };
  const relationships = (some: readonly relationship.StoredRelationship[]) => {
    for (const found of some) {
      loaders.relationships.prime(found.id, found);
      people(found.parties);
    }
  };
  const links = (edges: readonly Pick<link.LinkEdge, 'relationship' | 'periods'>[]) => {
    for (const { relationship: found, periods: matching } of edges) {
      relationships([found]);
      periods(matching);
    }
  };
  const citations = (some: readonly citation.StoredCitation[]) => {
    for (const { article: found, sidePerson } of some) {
      loaders.articles.prime(found.id, found);
      if (sidePerson !== null) people([sidePerson]);
    }
  };
  return { people, periods, relationships, links, citations };
}
