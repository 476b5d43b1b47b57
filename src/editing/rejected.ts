import { valueKey } from '../domain/claim.js';
import type { Citation, Claim } from '../domain/records.js';
import type { Held } from '../domain/world.js';
import { AppError } from '../errors.js';
import type { Reads } from '../graph/graph.js';
import { claims } from '../store/claim.js';
import { lastEdits } from '../store/decided.js';
import { loadRecords } from '../store/load.js';
import type { Cite, Saying } from './say-claim.js';

/** Whether a claim says just this. */
export const says = (claim: Claim, { field, polarity, value }: Saying) =>
  claim.field === field && claim.polarity === polarity && valueKey(claim.value) === valueKey(value);

/** Whether a citation is this one, in whatever words. */
export const isSame = (known: Citation, { article, evidence, side }: Cite) =>
  known.article === article && known.evidence === evidence && known.side === side;

/** Claims that say this and were rejected from one of its articles, and quotes of it that were rejected as quotes. */
export function rejectedIn(equal: readonly Held[], { cite }: Saying): string[] {
  return equal.flatMap(({ claim, citations }) => {
    if (claim.verdict === 'REJECTED')
      return citations.some(({ article }) => cite.some((each) => each.article === article)) ? [claim.id] : [];
    const quoted = (known: Citation) => cite.some((each) => each.quote === known.quote && isSame(known, each));
    return citations.filter((known) => known.verdict === 'REJECTED' && quoted(known)).map(({ id }) => id);
  });
}

/** The refusal to overrule by the way what somebody rejected: who, when and why, and the revision to decide it with. */
export async function rejection(graph: Reads, record: string): Promise<AppError> {
  const [claim] = await claims(graph, [record]);
  const own = claim ?? (await loadRecords(graph, [record])).get(record);
  const last = (await lastEdits(graph, [record])).get(record);
  const { actor, at } = last ?? {};
  const details = { rule: 'REJECTED', record, revision: own?.revision, actor, at, note: claim?.verdictNote ?? null };
  return new AppError('CONFLICT', `${actor ?? 'Somebody'} has rejected it: decide ${record} to overrule that`, details);
}
