import { describe, expect, test } from 'vitest';
import { dayOf, UNBOUNDED } from '../../src/domain/day.js';
import type { EndState } from '../../src/domain/evidence.js';
import { withSilences } from '../../src/questions/timeline.js';
import type { StoredEvent } from '../../src/store/event.js';
import type { StoredPeriod } from '../../src/store/period.js';
import type { StoredPerson } from '../../src/store/person.js';
import type { StoredRelationship } from '../../src/store/relationship.js';
import type { TimelineEntry } from '../../src/store/timeline.js';

const year = (of: number) => ({ min: dayOf(of, 1, 1), max: dayOf(of, 12, 31) });

/** A period that began in a year; what is told of its end, and the days within which that is. */
function aPeriod(
  began: number,
  state: EndState,
  end = { min: year(began).min, max: UNBOUNDED },
  known = true,
): TimelineEntry {
  const { min: startMin, max: startMax } = year(began);
  const bounds = { startMin, startMax, apartMin: 0, apartMax: 0, endMin: end.min, endMax: end.max };
  return {
    ...{ day: startMin, late: startMax, id: `prd_${began}`, event: null },
    period: { shown: { bounds, startKnown: known, end: { state } } } as StoredPeriod,
    relationship: {} as StoredRelationship,
    other: {} as StoredPerson,
  };
}

function anEvent({ min, max } = { min: UNBOUNDED, max: UNBOUNDED }): TimelineEntry {
  const event = { dateMin: min < UNBOUNDED ? min : -UNBOUNDED, dateMax: max } as StoredEvent;
  return { ...{ day: min, late: max, id: `evt_${min}` }, event, period: null, relationship: null, other: null };
}

const silencesOf = (...entries: TimelineEntry[]) =>
  withSilences(entries, -UNBOUNDED).map(({ silence }) => silence && [silence.from, silence.to]);

describe('Years of silence', () => {
  test('lie between the year of which the last thing tells and that of the next', () => {
    expect(silencesOf(anEvent(year(2001)), anEvent(year(2003)), anEvent(year(2004)), anEvent(year(2010)))).toEqual([
      null,
      [2002, 2002],
      null,
      [2005, 2009],
    ]);
  });

  test('begin where a told end can have come at the latest, else where a source last says that it held', () => {
    const next = anEvent(year(2015));

    expect(silencesOf(aPeriod(2001, 'DATED', { min: year(2005).min, max: year(2006).max }), next)).toEqual([
      null,
      [2007, 2014],
    ]);
    expect(silencesOf(aPeriod(2001, 'ENDED', { min: year(2001).min, max: year(2008).max }), next)).toEqual([
      null,
      [2009, 2014],
    ]);
    expect(silencesOf(aPeriod(2001, 'ONGOING', { min: year(2009).max, max: UNBOUNDED }), next)).toEqual([
      null,
      [2010, 2014],
    ]);
    expect(silencesOf(aPeriod(2001, 'UNSTATED'), next)).toEqual([null, [2002, 2014]]);
  });

  test('are none within something longer that began before', () => {
    const long = aPeriod(2001, 'DATED', year(2020));

    expect(silencesOf(long, anEvent(year(2003)), anEvent(year(2010)), anEvent(year(2022)))).toEqual([
      null,
      null,
      null,
      [2021, 2021],
    ]);
  });

  test('are none before and after what has no date', () => {
    const ended = aPeriod(2005, 'DATED', year(2010), false);

    expect(silencesOf(anEvent(year(2001)), anEvent(), anEvent())).toEqual([null, null, null]);
    expect(silencesOf(anEvent(year(2001)), ended, anEvent(year(2014)))).toEqual([null, null, [2011, 2013]]);
    expect(silencesOf(aPeriod(2005, 'UNSTATED', year(2001), false), anEvent(year(2014)))).toEqual([null, [2002, 2013]]);
  });

  test('are the same over pages', () => {
    const entries = [aPeriod(2001, 'DATED', year(2009)), anEvent(year(2003)), anEvent(year(2015)), anEvent(year(2020))];
    const whole = withSilences(entries, -UNBOUNDED);
    const paged = entries.map((entry, i) => withSilences([entry], whole[i - 1]?.cursor.told ?? -UNBOUNDED)[0]);

    expect(paged).toEqual(whole);
  });
});
