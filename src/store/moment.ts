import { momentOf } from '../domain/moment.js';
import type { Reads } from '../graph/graph.js';

const SEQ = "/* seqNow */ MATCH (g:Graph {id: 'graph'}) RETURN g.seq AS seq";
const PROBES = '/* momentsOfChanges */ UNWIND $seqs AS seq MATCH (c:Change {seq: seq}) RETURN seq, c.at AS at';
/** Changes looked at in a statement: three statements find the place among a quarter of a million. */
const AT_ONCE = 64;

/** The number of the last change. */
export async function seqNow(graph: Reads): Promise<number> {
  const [row] = await graph.read(SEQ);
  return Number(row?.seq ?? 0);
}

/**
 * The number of the last change up to a moment (`momentOf`), that moment included; 0 before the first. The log is in the order of time,
 * so the place is found by narrowing down: no engine here has to read the changes since.
 */
export async function seqAt(graph: Reads, moment: string): Promise<number> {
  let before = 0;
  let after = (await seqNow(graph)) + 1;
  while (after - before > 1) {
    const seqs = probesBetween(before, after);
    const rows = await graph.read(PROBES, { seqs });
    const known = rows.map(({ seq, at }) => ({ seq: Number(seq), at: momentOf(String(at), 'at') }));
    const later = known.filter(({ at }) => at > moment).map(({ seq }) => seq);
    after = Math.min(after, ...later);
    before = Math.max(before, ...seqs.filter((seq) => seq < after));
  }
  return before;
}

/** Up to `AT_ONCE` numbers between two, evenly spread; all of them where there are no more. */
function probesBetween(before: number, after: number): number[] {
  const step = Math.max(1, (after - before) / (AT_ONCE + 1));
  const probes = Array.from({ length: AT_ONCE }, (_, place) => Math.floor(before + (place + 1) * step));
  return [...new Set(probes)].filter((seq) => seq > before && seq < after);
}
