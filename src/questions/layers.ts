import { groupBy } from '../domain/group.js';
import type { Link } from '../store/links-of.js';

/**
 * All shortest chains at once: of each hop, who leads to whom by which links. A chain takes one person of each layer.
 */
export type Layer = ReadonlyMap<string, ReadonlyMap<string, readonly Link[]>>;

/** Most people of one hop whose links are compared; of more, those with the smallest ids, who are on shortest chains as good as any. */
const MOST_PER_HOP = 200;

/** As many people of one hop as are compared. */
export function narrowed(people: Iterable<string>): Set<string> {
  return new Set([...people].sort().slice(0, MOST_PER_HOP));
}

/** The layers between neighbouring levels; `links` are those of everybody but the last. */
export function layersOf(levels: readonly ReadonlySet<string>[], links: ReadonlyMap<string, readonly Link[]>): Layer[] {
  return levels.slice(1).map((next, hop) => {
    const layer = new Map<string, Map<string, Link[]>>();
    for (const person of levels[hop] ?? []) {
      const onward = (links.get(person) ?? []).filter(({ other }) => next.has(other));
      layer.set(
        person,
        groupBy(onward, ({ other }) => other),
      );
    }
    return layer;
  });
}
