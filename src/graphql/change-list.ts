import { Arg, Args, Ctx, Field, ID, InputType, Query, Resolver } from 'type-graphql';
import { z } from 'zod';
import { invalid } from '../errors.js';
import {
  type ChangeOrder,
  changesPage,
  countChanges,
  type ChangeFilter as StoredFilter,
} from '../store/change-list.js';
import type { ChangeCard } from '../store/history.js';
import { Change, type ChangeSource, changeCardFor } from './change.js';
import { type Connection, connect, connectionType, type Edge, PageArgs, type Sort } from './connection.js';
import { type Context, onlyFor } from './context.js';

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

  @Field(() => String, { nullable: true, description: 'Only those made by this order: `mergePeople`.' })
  action?: string | null;

  @Field(() => String, { nullable: true, description: 'Only those of this batch.' })
  batch?: string | null;
}

@Resolver()
export class ChangeListResolver {
  @Query(() => ChangeConnection, {
    description:
      'All changes, the newest first. With `since` they are a feed: every change after that one, the oldest first, without a gap and without ' +
      'a repeat, whoever writes meanwhile. For REVIEWER and above, else UNAUTHENTICATED or FORBIDDEN.',
  })
  changes(
    @Ctx() context: Context,
    @Args(() => PageArgs) args: PageArgs,
    @Arg('since', () => String, {
      nullable: true,
      description:
        'The `seq` of the last change that is known, `0` for the feed from its beginning. Else INVALID_INPUT, rule SINCE.',
    })
    since?: string | null,
    @Arg('filter', () => ChangeFilter, { nullable: true, description: 'Which changes.' }) filter?: ChangeFilter | null,
  ): Changes {
    onlyFor(context, 'REVIEWER', 'Changes are');
    const { graph, sight } = context;
    const after = since == null ? null : seqOf(since);
    const order = after === null ? 'SEQ_DESC' : 'SEQ_ASC';
    const taken = filterOf(filter);
    return changesOf(
      order,
      args,
      ({ first, from }) => changesPage(graph, { first, from: from ?? after }, order, taken, sight),
      () => countChanges(graph, after ?? 0, taken, sight),
    );
  }
}

/** The number that a `since` gives. Throws INVALID_INPUT, rule SINCE. */
export function seqOf(since: string): number {
  if (/^(0|[1-9]\d{0,14})$/.test(since)) return Number(since);
  throw invalid('since', 'SINCE', `since is the seq of a change, not ${since.slice(0, 60)}.`);
}

function filterOf(filter: ChangeFilter | null | undefined): StoredFilter {
  const { record = null, actor = null, action = null, batch = null } = filter ?? {};
  return { record, actor, action, batch };
}
