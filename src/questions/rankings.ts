import { floorFor, type Sight } from '../domain/gate.js';
import type { Reads } from '../graph/graph.js';
import { people, type StoredPerson } from '../store/person.js';
import { type Ranked, type RankingBy, rankingOf } from '../store/rankings.js';
import { relationships, type StoredRelationship } from '../store/relationship.js';
import { daysOf, shownStretches } from '../store/romances.js';
import { longestOf, type Range } from './couple-facts.js';
import type { Memory } from './memory.js';

/** One place of a ranking: a person of MOST_PARTNERS, a couple of the others. */
export interface Ranking {
  person: StoredPerson | null;
  relationship: StoredRelationship | null;
  /** Partners, days or reunions; places are by `min`, which is what is certain. */
  value: Range;
}

/** Most places of a ranking. */
export const MOST_PLACES = 100;

/**
 * The first of a ranking over romances that are REPORTED or better, for this sight. MOST_PARTNERS: with how many different people;
 * LONGEST: days of the longest time together without a break, so far; MOST_REUNIONS: how often a couple came back to each other after
 * at least one whole day that was certainly apart. Ties stand by name, or by id. Nobody who has none of it is ranked. Two statements,
 * and a third, which reads every romance, where the memory has none.
 */
export async function rankings(
  graph: Reads,
  memory: Memory,
  by: RankingBy,
  first: number,
  sight: Sight,
): Promise<Ranking[]> {
  const all = await memory.recall(graph, sight, by, () => rankingOf(graph, by, MOST_PLACES, sight));
  return shown(graph, by, all.slice(0, first), sight);
}

async function shown(graph: Reads, by: RankingBy, ranked: readonly Ranked[], sight: Sight): Promise<Ranking[]> {
  const ids = ranked.map(({ id }) => id);
  if (by === 'MOST_PARTNERS') {
    const found = await people(graph, ids);
    return ranked.flatMap(({ value }, i) =>
      placeOf(found[i], (person) => ({ person, value: { min: value, max: value } })),
    );
  }
  const found = await relationships(graph, ids);
  return ranked.flatMap((place, i) =>
    placeOf(found[i], (relationship) => ({ relationship, value: rangeOf(by, place, relationship, sight) })),
  );
}

/** Whoever is gone since the ranking was read has no place. */
function placeOf<Of>(found: Of | null | undefined, place: (found: Of) => Partial<Ranking> & Pick<Ranking, 'value'>) {
  return found ? [{ person: null, relationship: null, ...place(found) }] : [];
}

function rangeOf(by: RankingBy, { value }: Ranked, { shown, parties }: StoredRelationship, sight: Sight): Range {
  const times = shownStretches(shown.stretches, floorFor(sight, parties)).map(daysOf);
  const most = by === 'LONGEST' ? longestOf(times, sight.today)?.max : times.length - 1;
  return { min: value, max: most ?? null };
}
