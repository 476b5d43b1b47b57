import { Arg, Args, Ctx, Field, ID, InputType, Query, Resolver } from 'type-graphql';
import { z } from 'zod';
import { boundOf, momentOf } from '../domain/moment.js';
import { type AppError, invalid } from '../errors.js';
import {
  type ChangeOrder,
  changesPage,
  countChanges,
  type ChangeFilter as StoredFilter,
} from '../store/change-list.js';
import type { ChangeCard } from '../store/history.js';
import { seqNow } from '../store/moment.js';
import { Change, type ChangeSource, changeCardFor } from './change.js';
import { type Connection, connect, connectionType, type Edge, PageArgs, type Sort } from './connection.js';
import { type Context, onlyFor } from './context.js';
import { DateTime } from './scalars.js';

export const ChangeConnection = connectionType(
  'Change',
  () => Change,
  'changes, by their numbers: from the newest down, in a feed from the oldest up',
);

export type Changes = Connection<Edge<ChangeSource>>;

const bySeq = (order: ChangeOrder): Sort<{ seq: number }> => ({
  name: order,
  cursor: z.strictObject({ seq: z.int().min(0) }),
});

/** What a list of changes reads: `from` is the number after which the page begins, null for the first page. */
type ReadChanges = (page: { first: number; from: number | null }) => Promise<ChangeCard[]>;

/** The connection of changes in one order. */
export function changesOf(
  order: ChangeOrder,
  args: PageArgs,
  read: ReadChanges,
  count: () => Promise<number>,
): Changes {
  return connect({
    sort: bySeq(order),
    args,
    read: ({ first, after }) => read({ first, from: after?.seq ?? null }),
    cursorOf: ({ seq }) => ({ seq }),
    shape: (change) => ({ node: changeCardFor(change) }),
    count,
  });
}

@InputType({ description: 'Which changes to list; what is left out filters nothing.' })
export class ChangeFilter {
  @Field(() => ID, { nullable: true, description: 'Only those that edited the record with this id.' })
  record?: string | null;

  @Field(() => String, { nullable: true, description: 'Only those of this actor.' })
  actor?: string | null;

  @Field(() => String, { nullable: true, description: 'Only those of this `action`: `merge`, `decideClaims`.' })
  action?: string | null;

  @Field(() => String, { nullable: true, description: 'Only those of this batch.' })
  batch?: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Only those made at this moment or later. No moment: INVALID_INPUT, rule DATE_TIME.',
  })
  from?: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'Only those made before this moment, not at it: two days in a row share no change. Before `from`: INVALID_INPUT, rule DATE_ORDER; no ' +
      'moment: rule DATE_TIME.',
  })
  until?: string | null;
}

@Resolver()
export class ChangeListResolver {
  @Query(() => ChangeConnection, {
    description:
      'All changes, the newest first. With `since` they are a feed: every change after that one, the oldest first, without a gap and without ' +
      'a repeat, whoever writes meanwhile. For REVIEWER and above, else UNAUTHENTICATED or FORBIDDEN.',
  })
  async changes(
    @Ctx() context: Context,
    @Args(() => PageArgs) args: PageArgs,
    @Arg('since', () => String, {
      nullable: true,
      description:
        'The `seq` of the last change that is known, `0` for the feed from its beginning. Otherwise, and for one that is still to come, ' +
        'INVALID_INPUT, rule SINCE.',
    })
    since?: string | null,
    @Arg('filter', () => ChangeFilter, { nullable: true, description: 'Which changes.' }) filter?: ChangeFilter | null,
  ): Promise<Changes> {
    onlyFor(context, 'REVIEWER', 'Changes are');
    const { graph, sight } = context;
    const after = since == null ? null : seqOf(since);
    const taken = filterOf(filter);
    const latest = await seqNow(graph);
    if (after !== null && after > latest) throw ahead(after, latest);
    const order = after === null ? 'SEQ_DESC' : 'SEQ_ASC';
    return changesOf(
      order,
      args,
      ({ first, from }) => {
        if (from !== null && from > latest) throw invalid('after', 'CURSOR', noChange(from, latest));
        return changesPage(graph, { first, from: from ?? after ?? latest + 1 }, order, taken, sight);
      },
      () => countChanges(graph, { from: after ?? 0, latest }, taken, sight),
    );
  }
}

/** The number that a `since` gives. Throws INVALID_INPUT, rule SINCE. */
export function seqOf(since: string): number {
  if (/^(0|[1-9]\d{0,14})$/.test(since)) return Number(since);
  throw invalid('since', 'SINCE', `since is the seq of a change, not ${since.slice(0, 60)}.`);
}

/** The refusal of a `since` beyond the last change: it is of another graph, or a backup has taken the place of this one. */
export function ahead(seq: number, latest: number): AppError {
  return invalid('since', 'SINCE', noChange(seq, latest));
}

function noChange(seq: number, latest: number): string {
  return `There is no change ${seq} yet: the last one is ${latest}.`;
}

/** Throws INVALID_INPUT, rules DATE_TIME and DATE_ORDER. */
function filterOf(filter: ChangeFilter | null | undefined): StoredFilter {
  const { record = null, actor = null, action = null, batch = null } = filter ?? {};
  const bound = (name: 'from' | 'until') => {
    const moment = filter?.[name];
    return moment == null ? null : boundOf(momentOf(moment, `filter.${name}`));
  };
  const [from, until] = [bound('from'), bound('until')];
  if (from !== null && until !== null && from > until)
    throw invalid('filter.until', 'DATE_ORDER', '`filter.until` is before `filter.from`.');
  return { record, actor, action, batch, from, until };
}
