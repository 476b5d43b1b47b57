import { Args, type ClassType, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Article } from './article.js';
import { pastOf } from './as-of.js';
import { ChangeConnection, type Changes, changesOf } from './change-list.js';
import { Claim } from './claim.js';
import { PageArgs } from './connection.js';
import { type Context, is } from './context.js';
import { Contradiction } from './contradiction.js';
import { Event } from './event.js';
import type { NodeSource } from './node.js';
import { Period } from './period.js';
import { Person } from './person.js';
import { Relationship } from './relationship.js';

/** After every change. */
const NO_END = 2 ** 52;

/** The changes that edited a record or what hangs on it; below a moment of the past those up to then. Null below REVIEWER. */
function historyOf(context: Context, id: string, args: PageArgs): Changes | null {
  if (!is(context, 'REVIEWER')) return null;
  const past = pastOf(context);
  const { loaders } = past?.present ?? context;
  const end = past === null ? NO_END : past.seq + 1;
  return changesOf(
    'SEQ_DESC',
    args,
    ({ first, from }) => loaders.histories({ first, before: Math.min(from ?? end, end) }).load(id),
    () => loaders.historyCounts(end).load(id),
  );
}

function historyResolver(type: () => ClassType, what: string): ClassType {
  @Resolver(type)
  class HistoryResolver {
    @FieldResolver(() => ChangeConnection, {
      nullable: true,
      description: `The changes that edited ${what}, the newest first. For REVIEWER and above, else null.`,
    })
    history(@Root() { id }: NodeSource, @Ctx() context: Context, @Args(() => PageArgs) args: PageArgs): Changes | null {
      return historyOf(context, id, args);
    }
  }
  return HistoryResolver;
}

export const HISTORY_RESOLVERS = [
  historyResolver(() => Person, 'the person or anything that is about them'),
  historyResolver(() => Relationship, 'the relationship, its periods, its claims, or anything else that is about both'),
  historyResolver(() => Period, 'the period, its claims or their citations'),
  historyResolver(() => Event, 'the event, its claims or their citations'),
  historyResolver(() => Article, 'the article or what cites it'),
  historyResolver(() => Claim, 'the claim, its citations or a resolution on it'),
  historyResolver(() => Contradiction, 'its claims, their citations or its resolution'),
] as const;
