import { namesTold } from '../domain/called.js';
import { type Likeness, type Suggestion, suggest } from '../domain/duplicate.js';
import { floorFor, type Sight } from '../domain/gate.js';
import { KINDS } from '../domain/words.js';
import type { Reads } from '../graph/graph.js';
import type { LinksFilter } from '../store/link-match.js';
import { neighboursOf } from '../store/neighbours-of.js';
import { people, type StoredPerson } from '../store/person.js';
import type { Search } from './search.js';

/** Names looked at for one person, and the people whom each of the candidates is linked to. */
const CANDIDATES = 50;
const NEIGHBOURS = 200;
/** Below this a suggestion is noise: a name that is nearly the same, alone. */
const LEAST = 0.4;

const ANY_LINK: LinksFilter = {
  kinds: [...KINDS],
  types: null,
  at: null,
  certainty: 'POSSIBLE',
  minStanding: 1,
  avoid: [],
};

/**
 * People who may be the same as this one, by names, lives and whom they are linked to; best first, then by id. Looks at the 50 best
 * finds for the person's name and aliases, so a score says how alike two people are, and an empty answer promises nothing.
 */
export async function duplicatesOf(
  graph: Reads,
  search: Search,
  person: StoredPerson,
  sight: Sight,
  first: number,
): Promise<Suggestion[]> {
  const told = namesTold(person, person.shown.names, floorFor(sight, [person]));
  const names = [person.name, ...person.aliases.map(({ name }) => name), ...told].slice(0, 5);
  const found = new Map<string, 'NAME' | 'NAME_NEARLY'>();
  for (const text of names) {
    const { hits } = await search.search(
      { text: text.slice(0, 200), types: ['PERSON'], first: CANDIDATES, after: null },
      sight,
      graph,
    );
    for (const { id, why } of hits) {
      if (id === person.id) continue;
      const exact = why === 'EXACT' || found.get(id) === 'NAME';
      found.set(id, exact ? 'NAME' : 'NAME_NEARLY');
    }
  }
  const ids = [...found.keys()].slice(0, CANDIDATES);
  if (ids.length === 0) return [];
  const stored = (await people(graph, ids)).filter((each) => each !== null);
  const all = [person, ...stored];
  const linked = await neighboursOf(
    graph,
    all.map(({ id }) => id),
    ANY_LINK,
    sight,
    NEIGHBOURS,
  );
  const [self, ...others] = all.map((each, i) => likenessOf(each, linked[i]?.map(({ other }) => other) ?? []));
  return others
    .flatMap((other) => (self && suggest(self, other, found.get(other.person.id) ?? null)) ?? [])
    .filter(({ score }) => score >= LEAST)
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
    .slice(0, first);
}

function likenessOf(person: StoredPerson, linked: readonly string[]): Likeness {
  return { person, birth: person.shown.birth.date, death: person.shown.death.date, linked: new Set(linked) };
}
