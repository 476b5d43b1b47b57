import type { StartAndEnd } from '../domain/interval.js';
import type { Link } from '../store/links-of.js';
import type { Outcome, ReadLinks, SearchLimits } from './chain-search.js';
import { layersTo } from './layers.js';
import { BEGINNING, type Clock } from './time-order.js';

/**
 * The shortest chains whose links start one after the other, searched forward only, since time has one direction. A walk must not be
 * dropped because its person was met before: a later walk may be there at a smaller time (golden vector T36). So of each person the
 * smallest time of each hop is kept, and a person is visited again whenever it is smaller than at all hops before.
 */
export async function searchInTime(
  read: ReadLinks,
  from: string,
  to: string,
  { clock, startOf, maxHops, maxPeople }: SearchLimits & { clock: Clock; startOf: (link: Link) => StartAndEnd },
): Promise<Outcome> {
  const best = new Map([[from, BEGINNING]]);
  const links = new Map<string, readonly Link[]>();
  const levels = [new Map([[from, BEGINNING]])];
  for (let hops = 0; ; hops += 1) {
    const level = levels[hops] ?? new Map<string, number>();
    const examined = best.size;
    if (level.size === 0) return { end: 'DRY', examined };
    if (hops === maxHops) return { end: 'HOPS', examined, hops };
    if (examined >= maxPeople) return { end: 'PEOPLE', examined, hops };

    const reading = await readMissing(read, links, [...level.keys()], to);
    if (reading === 'OVER') return { end: 'TIME', examined, hops };
    const next = onward(level, links, best, (time, link) => clock.after(time, startOf(link)));
    if (next.has(to)) {
      const layers = layersTo(
        levels.map((met) => met.keys()),
        new Set([to]),
        links,
      );
      return { end: 'FOUND', layers, examined: new Set([...best.keys(), ...next.keys()]).size };
    }
    if (reading === 'TOO_MANY') return { end: 'PEOPLE', examined, hops };
    for (const [person, time] of next) best.set(person, time);
    levels.push(next);
  }
}

/** Reads the links of those whose links are not known; of too many, only those to `to`, which still tell whether this is the last hop. */
async function readMissing(
  read: ReadLinks,
  links: Map<string, readonly Link[]>,
  people: readonly string[],
  to: string,
): Promise<'ALL' | 'TOO_MANY' | 'OVER'> {
  const missing = people.filter((person) => !links.has(person));
  const all = await read(missing);
  const found = all?.truncated ? await read(missing, [to]) : all;
  if (all === null || found === null) return 'OVER';
  missing.forEach((person, i) => {
    links.set(person, found.truncated ? [] : (found.links[i] ?? []));
  });
  return all.truncated ? 'TOO_MANY' : 'ALL';
}

/** Whom one more link reaches at a smaller time than ever before, with that time. */
function onward(
  level: ReadonlyMap<string, number>,
  links: ReadonlyMap<string, readonly Link[]>,
  best: ReadonlyMap<string, number>,
  after: (time: number, link: Link) => number | null,
): Map<string, number> {
  const next = new Map<string, number>();
  for (const [person, time] of level) {
    for (const link of links.get(person) ?? []) {
      const reached = after(time, link);
      const known = next.get(link.other) ?? best.get(link.other) ?? Number.POSITIVE_INFINITY;
      if (reached !== null && reached < known) next.set(link.other, reached);
    }
  }
  return next;
}
