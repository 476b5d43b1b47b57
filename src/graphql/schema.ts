import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchemaSync, type PubSub } from 'type-graphql';
import { ArticleResolver, ArticlesOfPersonResolver } from './article.js';
import { ArticleListResolver } from './article-list.js';
import { readAsOf } from './as-of.js';
import { ChainResolver } from './chain.js';
import { ChangeResolver } from './change.js';
import { ChangeFeedResolver } from './change-feed.js';
import { ChangeListResolver } from './change-list.js';
import { CitationsOfClaimResolver, QuoteContextResolver } from './citation.js';
import {
  ClaimsOfArticleResolver,
  ClaimsOfEventResolver,
  ClaimsOfPeriodResolver,
  ClaimsOfPersonResolver,
  ClaimsOfRelationshipResolver,
} from './claim.js';
import { CommonPartnerResolver } from './common-partner.js';
import {
  ContradictionListResolver,
  ContradictionsOfPersonResolver,
  ContradictionsOfRelationshipResolver,
} from './contradiction-list.js';
import { CoupleFactsResolver } from './couple-facts.js';
import { DecideResolver } from './decide.js';
import { DuplicateResolver } from './duplicate.js';
import { EditArticleResolver } from './edit-article.js';
import { EditEventResolver } from './edit-event.js';
import { EditMentionsResolver } from './edit-mentions.js';
import { EditPersonResolver } from './edit-person.js';
import { EditRecordResolver } from './edit-record.js';
import { EditRelationshipResolver } from './edit-relationship.js';
import { EventResolver, EventsOfPersonResolver, EventsOfRelationshipResolver } from './event.js';
import { EventListResolver } from './event-list.js';
import { HintResolver } from './hint.js';
import { HISTORY_RESOLVERS } from './history.js';
import { LookupResolver } from './lookup.js';
import { MergeResolver } from './merge.js';
import { MERGE_PORTIONS } from './merge-preview.js';
import { keepOrders } from './mutation.js';
import { NetworkResolver } from './network.js';
import { Tombstone } from './node.js';
import { OpeningResolver } from './opening.js';
import { OverlapResolver } from './overlap.js';
import { PartnerResolver } from './partner.js';
import { PeriodResolver, PeriodsOfRelationshipResolver } from './period.js';
import { denyByDefault } from './permission.js';
import { PersonResolver } from './person.js';
import { PersonListResolver } from './person-list.js';
import { ProposeResolver } from './propose.js';
import { PurgeResolver } from './purge.js';
import { QueueResolver } from './queue.js';
import { RankingResolver } from './ranking.js';
import { RelationshipResolver, TogetherResolver } from './relationship.js';
import { RelationshipListResolver } from './relationship-list.js';
import { ResolveResolver } from './resolve.js';
import { SearchResolver } from './search.js';
import { StatsResolver } from './stats.js';
import { TakedownResolver } from './takedown.js';
import { checkTexts } from './texts.js';
import { TimelineResolver } from './timeline.js';
import { UNDONE_RESOLVERS, UndoResolver } from './undo.js';
import { ViewerResolver } from './viewer.js';

/** type-graphql asks for one wherever there are subscriptions, also where each has a source of its own. */
const NO_TOPICS: PubSub = {
  publish: noTopics,
  subscribe: noTopics,
};

function noTopics(): never {
  throw new Error('A subscription here has a source of its own');
}

/** Builds the schema; the same one serves every request. */
export function createSchema(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [
      LookupResolver,
      ...[ViewerResolver, StatsResolver],
      ...[ChangeResolver, EditRecordResolver, ChangeListResolver, ChangeFeedResolver, ...HISTORY_RESOLVERS],
      ...[ContradictionListResolver, ContradictionsOfPersonResolver, ContradictionsOfRelationshipResolver],
      ...[OverlapResolver, RankingResolver, TimelineResolver, CoupleFactsResolver],
      ...[SearchResolver, ChainResolver, NetworkResolver, CommonPartnerResolver],
      ...[PersonListResolver, RelationshipListResolver, EventListResolver, ArticleListResolver],
      ...[PersonResolver, PartnerResolver, EventsOfPersonResolver, ArticlesOfPersonResolver, ClaimsOfPersonResolver],
      ...[RelationshipResolver, TogetherResolver, PeriodsOfRelationshipResolver],
      ...[EventsOfRelationshipResolver, ClaimsOfRelationshipResolver, PeriodResolver, ClaimsOfPeriodResolver],
      ...[UndoResolver, ...UNDONE_RESOLVERS, MergeResolver, ...MERGE_PORTIONS, DuplicateResolver],
      ...[EditPersonResolver, EditArticleResolver, EditMentionsResolver, EditRelationshipResolver, EditEventResolver],
      ...[QueueResolver, HintResolver, OpeningResolver, QuoteContextResolver],
      ...[ProposeResolver, DecideResolver, ResolveResolver, TakedownResolver, PurgeResolver],
      ...[EventResolver, ClaimsOfEventResolver, ArticleResolver, ClaimsOfArticleResolver, CitationsOfClaimResolver],
    ],
    orphanedTypes: [Tombstone],
    validate: false,
    pubSub: NO_TOPICS,
  });
  return readAsOf(denyByDefault(keepOrders(checkTexts(schema))));
}
