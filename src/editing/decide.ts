import type { Change, EditInput } from '../domain/change.js';
import type { Claim } from '../domain/records.js';
import { AppError, invalid } from '../errors.js';
import { citationsToDecide, lastActors } from '../store/decided.js';
import { loadRecords, type Stored } from '../store/load.js';
import { carryOut, type Editor } from './editor.js';

export const REJECT_REASONS = [
  'NOT_IN_QUOTE',
  'WRONG_PERSON',
  'WRONG_VALUE',
  'PLAN_OR_FICTION',
  'WEAK_SOURCE',
  'OTHER',
] as const;
export type RejectReason = (typeof REJECT_REASONS)[number];

/** What somebody decides about one claim, as they have seen it. */
export interface Decision {
  claim: string;
  verdict: Claim['verdict'];
  /** Why it is rejected; null for the other verdicts. */
  reason: RejectReason | null;
  note: string | null;
  revision: number;
}

const MOST_DECISIONS = 500;

/**
 * Decides claims as one change, all or none. Accepting a claim accepts the citations that wait with it; rejecting it and sending it
 * back leaves them. What is decided so already by the same actor counts as done.
 * @throws AppError CONFLICT where somebody decided since, naming the record; REFUSED, rule UNSUPPORTED, for a claim without a citation
 * that could be accepted; INVALID_INPUT, rules TOO_MANY, REPEATED and REASON.
 */
export async function decideClaims(editor: Editor, decisions: readonly Decision[]): Promise<Change | null> {
  checkDecisions(decisions);
  const ids = decisions.map(({ claim }) => claim);
  const [claims, citations] = [
    await loadRecords(editor.graph, ids),
    await citationsToDecide(
      editor.graph,
      decisions.filter(({ verdict }) => verdict === 'ACCEPTED').map(({ claim }) => claim),
    ),
  ];
  const open = await withoutDone(editor, decisions, claims as Map<string, Stored<'Claim'>>);
  const accepted = new Set(open.filter(({ verdict }) => verdict === 'ACCEPTED').map(({ claim }) => claim));
  const waiting = citations.filter(({ record }) => record.verdict === 'PROPOSED' && accepted.has(record.claim));
  const edits: EditInput[] = [
    ...open.map((decision): EditInput => ({ type: 'Claim', id: decision.claim, set: verdictOf(decision) })),
    ...waiting.map(({ record }): EditInput => ({ type: 'Citation', id: record.id, set: { verdict: 'ACCEPTED' } })),
  ];
  const seen = [
    ...open.map(({ claim, revision }) => [claim, revision] as const),
    ...waiting.map(({ record, revision }) => [record.id, revision] as const),
  ];
  return carryOut(editor, 'decideClaims', edits, Object.fromEntries(seen));
}

function checkDecisions(decisions: readonly Decision[]): void {
  if (decisions.length > MOST_DECISIONS)
    throw invalid('decisions', 'TOO_MANY', `At most ${MOST_DECISIONS} claims are decided at once.`);
  if (new Set(decisions.map(({ claim }) => claim)).size !== decisions.length)
    throw invalid('decisions.claim', 'REPEATED', 'A claim stands there twice.');
  const unclear = decisions.find(({ verdict, reason }) => (verdict === 'REJECTED') !== (reason !== null));
  if (unclear)
    throw invalid(
      'decisions.reason',
      'REASON',
      `A reason is given for what is rejected, and only then: ${unclear.claim}`,
    );
}

export const verdictOf = ({ verdict, reason, note }: Pick<Decision, 'verdict' | 'reason' | 'note'>) => ({
  verdict,
  verdictNote: [reason, note].filter((part) => part !== null).join(': ') || null,
});

/** The decisions that are still to be made: a repeated one whose first answer was lost is none. */
async function withoutDone(
  { graph, actor }: Editor,
  decisions: readonly Decision[],
  claims: ReadonlyMap<string, Stored<'Claim'>>,
): Promise<Decision[]> {
  const stale = decisions.filter(({ claim, verdict, revision }) => {
    const stored = claims.get(claim);
    if (stored === undefined)
      throw new AppError('NOT_FOUND', `There is no claim ${claim}`, { field: 'decisions.claim' });
    return stored.revision !== revision && stored.record.verdict === verdict;
  });
  const actors = await lastActors(
    graph,
    stale.map(({ claim }) => claim),
  );
  const done = new Set(stale.filter(({ claim }) => actors.get(claim) === actor).map(({ claim }) => claim));
  return decisions.filter(({ claim }) => !done.has(claim));
}
