import type { Sight } from '../../src/domain/gate.js';
import type { Graph } from '../../src/graph/graph.js';
import { createSearch, type Hit, type Search } from '../../src/questions/search.js';
import type { SearchType } from '../../src/questions/search-entry.js';
import { Telling } from '../support/telling.js';

export const TODAY = 20_500;
export const READER: Sight = { level: 0, minors: 'name-only', today: TODAY };
export const REVIEWER: Sight = { level: 1, minors: 'show', today: TODAY };

/** An empty graph, a story to tell it, and the search over it. */
export class Searching {
  readonly story: Telling;
  readonly search: Search;

  constructor(readonly graph: Graph) {
    this.story = new Telling(graph);
    this.search = createSearch({ graph });
  }

  async hitsOf(text: string, sight = READER, types: SearchType[] | null = null, by = this.search): Promise<Hit[]> {
    return (await by.search({ text, types, first: 100, after: null }, sight)).hits;
  }

  /** What is found, as `why name` of each hit. */
  async found(text: string, sight = READER, types: SearchType[] | null = null, by = this.search): Promise<string[]> {
    return (await this.hitsOf(text, sight, types, by)).map(({ why, name }) => `${why} ${name}`);
  }
}
