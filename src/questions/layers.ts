import { groupBy } from '../domain/group.js';
import type { Link } from '../store/links-of.js';

/**
 * All shortest chains at once: of each hop, who leads to whom by which links. A chain takes one person of each layer; everybody in
 * a layer is on some chain.
 */
export type Layer = ReadonlyMap<string, ReadonlyMap<string, readonly Link[]>>;

/** The layers from the first of `levels` to `ends`, where `links` are those of everybody in `levels`. */
export function layersTo(
  levels: readonly Iterable<string>[],
  ends: ReadonlySet<string>,
  links: ReadonlyMap<string, readonly Link[]>,
): Layer[] {
  const layers: Layer[] = [];
  let reached = ends;
  for (const level of levels.toReversed()) {
    const layer = new Map<string, Map<string, Link[]>>();
    for (const person of level) {
      const onward = (links.get(person) ?? []).filter(({ other }) => reached.has(other));
      if (onward.length > 0)
        layer.set(
          person,
          groupBy(onward, ({ other }) => other),
        );
    }
    layers.unshift(layer);
    reached = new Set(layer.keys());
  }
  return layers;
}

/** The same layers walked from their end. */
export function reversed(layers: readonly Layer[]): Layer[] {
  return layers.toReversed().map((layer) => {
    const back = new Map<string, Map<string, readonly Link[]>>();
    for (const [person, onward] of layer) {
      for (const [other, links] of onward) {
        const from = back.get(other) ?? new Map<string, readonly Link[]>();
        back.set(other, from.set(person, links.map(turned(person))));
      }
    }
    return back;
  });
}

/** A link as its other end has it; `self` is whom it was listed at. */
export function turned(self: string): (link: Link) => Link {
  return (link) => ({ ...link, other: self, outward: !link.outward });
}
