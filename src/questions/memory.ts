import type { Sight } from '../domain/gate.js';
import type { Reads } from '../graph/graph.js';
import { graphSeq } from '../store/names-changed.js';

/** Answers about the whole graph, each worked out once for as long as nothing in it changes and the day is the same. */
export interface Memory {
  /**
   * What `work` answers for this sight, or has answered since the last change under the same name. One statement, and those of `work`
   * for the first who asks; whoever asks meanwhile waits for that.
   */
  recall<V>(graph: Reads, sight: Sight, name: string, work: () => Promise<V>): Promise<V>;
}

export function createMemory(): Memory {
  let known = { seq: -1, today: 0, answers: new Map<string, Promise<unknown>>() };
  return {
    async recall<V>(graph: Reads, { level, minors, today }: Sight, name: string, work: () => Promise<V>): Promise<V> {
      // Read before the work: whatever is committed in between is worked out again by whoever asks next.
      const seq = await graphSeq(graph);
      if (known.seq !== seq || known.today !== today) known = { seq, today, answers: new Map() };
      const { answers } = known;
      const key = `${name} ${level} ${minors}`;
      const begun = answers.get(key) ?? work();
      answers.set(key, begun);
      // Whoever asks next tries again what failed.
      begun.catch(() => answers.delete(key));
      return begun as Promise<V>;
    },
  };
}
