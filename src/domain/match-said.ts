import type { Said } from './claim.js';
import { UNBOUNDED } from './day.js';
import type { Interval } from './evidence.js';
import { intersect, meets } from './interval.js';
import { matchPeriod, type PossibleDays } from './match.js';
import { boundsOfDateValue } from './partial-date.js';
import type { DateValue, Period } from './records.js';
import type { Field, PeriodType } from './words.js';
import type { Held, World } from './world.js';

/** One thing that is said of a pair, and the articles that say it. */
export interface SaidIn extends Said {
  articles: readonly string[];
}

/**
 * The period that is spoken of, by the rule that any claim is matched by (`matchPeriod`). Null where a new one is needed,
 * 'RELATIONSHIP' where several may be meant. With `accept` a start that is near another is another date of the same period, unless
 * by what is said the one ended before the other began: a source that knows of two marriages within a year knows of two.
 */
export function matchSaid(
  world: World,
  relationship: string,
  type: PeriodType,
  said: readonly SaidIn[],
  accept: boolean,
): string | 'RELATIONSHIP' | null {
  const all = world.periodsOf(relationship);
  const told = all.filter(({ id }) => isAlive(world.claimsAbout(id)));
  const found = matchAmong(world, told, type, said, accept);
  if (told.length === all.length || found !== null) return found;
  return matchAmong(world, all, type, said, accept);
}

/** Whether anything but what was rejected is said of a period. Of one that isn't, what was said is remembered, and nothing else. */
const isAlive = (held: readonly Held[]) => held.length === 0 || held.some(({ claim }) => claim.verdict !== 'REJECTED');

function matchAmong(
  world: World,
  all: readonly Period[],
  type: PeriodType,
  said: readonly SaidIn[],
  accept: boolean,
): string | 'RELATIONSHIP' | null {
  const periods = all
    .filter((period) => mayBeOf(world.claimsAbout(period.id), said))
    .map((period) => ({ ...saidOfPeriod(world, period.id), ...period }));
  const spoken = saidBy(said);
  const found = matchPeriod(spoken, type, periods);
  if (found.match === 'ONE') return found.period;
  if (found.match === 'RELATIONSHIP' || (type === 'UNSPECIFIED' && all.length > 0)) return 'RELATIONSHIP';
  if (found.match === 'NONE' || !accept) return null;
  const near = periods.find(({ id }) => id === found.period);
  return near && meets(near.days, spoken.days) ? near.id : null;
}

/**
 * Whether a period can be spoken of, by what the same articles say of it: one source doesn't end a marriage before it begins
 * (DATE_ORDER), so they speak of another one.
 */
function mayBeOf(held: readonly Held[], claims: readonly SaidIn[]): boolean {
  const articles = new Set(claims.flatMap((claim) => claim.articles));
  const same = held.filter(({ citations }) => citations.some(({ article }) => articles.has(article)));
  const known = same.map(({ claim }) => claim);
  return (
    inOrder(datesOf(known, 'START'), datesOf(claims, 'END')) && inOrder(datesOf(claims, 'START'), datesOf(known, 'END'))
  );
}

const inOrder = (starts: readonly Interval[], ends: readonly Interval[]) =>
  starts.every((start) => ends.every((end) => start.min <= end.max));

/** What is said of a period by all claims that nobody rejected, accepted or not. */
function saidOfPeriod(world: World, period: string): PossibleDays {
  const open = world.claimsAbout(period).filter(({ claim }) => claim.verdict !== 'REJECTED');
  return saidBy(open.map(({ claim }) => claim));
}

function saidBy(claims: readonly Said[]): PossibleDays {
  const start = together(datesOf(claims, 'START'));
  const end = together(datesOf(claims, 'END'));
  return { start, days: { min: start?.min ?? -UNBOUNDED, max: end?.max ?? UNBOUNDED } };
}

function datesOf(claims: readonly Said[], field: Field): Interval[] {
  return claims
    .filter((claim) => claim.field === field && claim.polarity === 'ASSERTS')
    .flatMap(({ value }) => ('date' in value ? boundsOfDateValue(value.date as DateValue) : []));
}

/** What all intervals have in common, or, where they don't meet, all that they span. */
function together(intervals: readonly Interval[]): Interval | null {
  const [first, ...rest] = intervals;
  if (first === undefined) return null;
  const common = rest.reduce<Interval | null>((kept, next) => kept && intersect(kept, next), first);
  return (
    common ?? { min: Math.min(...intervals.map(({ min }) => min)), max: Math.max(...intervals.map(({ max }) => max)) }
  );
}
