import type { Interval, ProjectedPeriod, Standing, Stretch } from './evidence.js';
import { meets } from './interval.js';

/** What `together` looks at: periods in stage order. */
export type Lived = Pick<
  ProjectedPeriod,
  'id' | 'standing' | 'bounds' | 'parted' | 'startKnown' | 'apart' | 'end' | 'becomes'
>;

type Until = Pick<Stretch, 'toMin' | 'toMax' | 'state'>;

/**
 * The times of being together: each run of periods of which one became the next, cut at the parting of its last period, else at
 * its end. By fromMax, then fromMin, then as the periods come. A REJECTED period is part of none; one below REPORTED is a stretch
 * of its own. Together is not married: a filing ends a stretch, the decree ends the period.
 *
 * `reconciliations` are the days of the established RECONCILIATION events of the two. One after a parting, or on its day, undoes
 * it; where it can't be told whether it was after the parting (or still before the stated end), the stretch ends at the one or
 * the other.
 */
export function together(periods: readonly Lived[], reconciliations: readonly Interval[]): Stretch[] {
  return runsOf(periods.filter(({ standing }) => standing >= 0))
    .map((run) => stretchOf(run, reconciliations))
    .sort((a, b) => a.fromMax - b.fromMax || a.fromMin - b.fromMin);
}

/** Whatever lies between in time, a rumour say, is in no way of what a source says became what. */
function runsOf(periods: readonly Lived[]): [Lived, ...Lived[]][] {
  const runs: [Lived, ...Lived[]][] = [];
  const awaiting = new Map<string, [Lived, ...Lived[]]>();
  for (const period of periods) {
    const run = awaiting.get(period.id);
    const joined: [Lived, ...Lived[]] = run ?? [period];
    if (run) run.push(period);
    else runs.push(joined);
    if (period.becomes !== null) awaiting.set(period.becomes, joined);
  }
  return runs;
}

function stretchOf(run: readonly [Lived, ...Lived[]], reconciliations: readonly Interval[]): Stretch {
  const [first] = run;
  const last = run.at(-1) ?? first;
  return {
    periods: run.map(({ id }) => id),
    standing: Math.min(...run.map(({ standing }) => standing)) as Standing,
    fromMin: first.bounds.startMin,
    fromMax: first.bounds.startMax,
    fromKnown: first.startKnown,
    ...untilOf(last, reconciliations),
  };
}

function untilOf({ bounds, parted, apart, end }: Lived, reconciliations: readonly Interval[]): Until {
  const atEnd: Until = { toMin: bounds.endMin, toMax: bounds.endMax, state: end.state };
  if (!parted) return atEnd;
  const state = apart.date ? 'DATED' : 'ENDED';
  const atParting: Until = { toMin: bounds.apartMin, toMax: bounds.apartMax, state };
  const ended = end.state === 'DATED' || end.state === 'ENDED';
  const within = { min: bounds.apartMin, max: ended ? bounds.endMax : Number.POSITIVE_INFINITY };
  const possible = reconciliations.filter((day) => meets(day, within));
  if (possible.length === 0) return atParting;
  const certain = possible.some((day) => day.min >= bounds.apartMax && (!ended || day.max <= bounds.endMin));
  return certain ? atEnd : { toMin: bounds.apartMin, toMax: bounds.endMax, state };
}
