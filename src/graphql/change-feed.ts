import { Arg, Resolver, Root, Subscription } from 'type-graphql';
import { AppError } from '../errors.js';
import { nextChanges } from '../store/change-list.js';
import type { ChangeCard } from '../store/history.js';
import { seqNow } from '../store/moment.js';
import { Change, type ChangeSource, changeCardFor } from './change.js';
import { ahead, seqOf } from './change-list.js';
import { type Context, onlyFor } from './context.js';
import type { Live } from './live.js';

/** Changes read at a time. */
const PAGE = 50;
/** Before something is told, who asks must have been looked up, and what is told been read, within this time. */
const FRESH_MS = 1_000;
/** Who asks is looked up at least this often where nothing happens. */
const IDLE_MS = 10_000;
/** Looks that may pass before a log that doesn't fit is no lag of one server behind another any more. */
const MOST_FUTILE = 10;

/** What a feed comes to: first the number after which it begins, without a change, then each change with a context of its own. */
export interface FeedEvent {
  seq: number;
  told: { change: ChangeCard; context: Context } | null;
}

/** Where a feed stands, and what is known of where the log ends. */
interface Place {
  seen: number;
  latest: number;
}

@Resolver()
export class ChangeFeedResolver {
  @Subscription(() => Change, {
    subscribe: ({ args, context }) => subscribeToChanges(args as { since?: string | null }, context as Context),
    description:
      'Every change from now on, or with `since` every change after that one: each once, in the order of their numbers, without a gap, whichever ' +
      'server it was made on. For REVIEWER and above, else UNAUTHENTICATED or FORBIDDEN; it ends once that is over. Comes over WebSocket and server-sent events.',
  })
  changes(
    @Root() { told }: FeedEvent,
    @Arg('since', () => String, {
      nullable: true,
      description:
        'The `seq` of the last change that is known, `0` for the feed from its beginning. Otherwise, and for one that is still to come, INVALID_INPUT, ' +
        'rule SINCE. An event stream that is opened again goes on after its `Last-Event-ID`, whatever is given here.',
    })
    _since?: string | null,
  ): ChangeSource {
    if (told === null) throw new Error('Nothing is asked of the beginning of a feed');
    return changeCardFor(told.change);
  }
}

async function subscribeToChanges(
  { since }: { since?: string | null },
  context: Context,
): Promise<AsyncGenerator<FeedEvent>> {
  onlyFor(context, 'REVIEWER', 'Changes are');
  const { live, graph } = context;
  if (!live) throw new Error('A subscription without a connection that stays open');
  const known = live.seen ?? since;
  const latest = await seqNow(graph);
  if (known == null) return follow(live, { seen: latest, latest });
  return follow(live, await placeAfter(live, { seen: seqOf(known), latest }));
}

/** The server that told a client of a change may be ahead of this one, so what is still to come is waited for, not for long. */
async function placeAfter({ pulse, signal }: Live, { seen, latest }: Place): Promise<Place> {
  let known = latest;
  for (let looks = 0; looks < MOST_FUTILE && known < seen && !signal.aborted; looks += 1)
    known = (await pulse.look(signal)) ?? known;
  if (known < seen) throw ahead(seen, known);
  return { seen, latest: known };
}

/**
 * Follows the log for as long as somebody pulls, at their pace: nothing is read ahead but a page, and what was read too long ago is read
 * again. An outage of the graph is waited for. Throws what `renew` throws; INVALID_INPUT, rule SINCE, where the log ends before what
 * was seen for good, for somebody has put a backup in its place.
 */
async function* follow(live: Live, place: Place): AsyncGenerator<FeedEvent, void, void> {
  let { seen, latest } = place;
  let futile = 0;
  yield { seq: seen, told: null };
  while (!live.signal.aborted) {
    const page = latest > seen ? await pageAfter(live, seen) : await idle(live);
    const before = seen;
    futile = page?.changes.length === 0 && latest !== seen ? futile + 1 : 0;
    if (futile > MOST_FUTILE) throw latest < seen ? ahead(seen, latest) : new Error(`There is no change ${seen + 1}`);
    for (const change of page?.changes ?? []) {
      const context = await renewed(live, FRESH_MS);
      if (context === null || live.signal.aborted) break;
      // The first is told however long it took, or a slow graph would never tell anything.
      if (seen > before && context.now() - (page?.read ?? 0) > FRESH_MS) break;
      yield { seq: change.seq, told: { change, context } };
      seen = change.seq;
    }
    if (seen > before && latest > seen) continue;
    latest = (await live.pulse.look(live.signal)) ?? latest;
  }
}

interface Page {
  changes: ChangeCard[];
  /** When, milliseconds since 1970-01-01T00:00Z. */
  read: number;
}

/** The next changes; null in an outage. */
async function pageAfter(live: Live, seen: number): Promise<Page | null> {
  const context = await renewed(live, FRESH_MS);
  if (context === null) return null;
  const { graph, sight, now } = context;
  const changes = await unlessOut(nextChanges(graph, seen, PAGE, sight));
  return changes && { changes, read: now() };
}

/** Nothing is to be told: ends the feed of whom it is no longer for. */
async function idle(live: Live): Promise<Page | null> {
  const context = await renewed(live, IDLE_MS);
  return context && { changes: [], read: context.now() };
}

/** A context for somebody whom the feed is still for; null in an outage. */
async function renewed(live: Live, maxAgeMs: number): Promise<Context | null> {
  const context = await unlessOut(live.renew(maxAgeMs));
  if (context !== null) onlyFor(context, 'REVIEWER', 'Changes are');
  return context;
}

async function unlessOut<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof AppError && error.code === 'UNAVAILABLE') return null;
    throw error;
  }
}
