import type { Change, EditInput } from '../domain/change.js';
import { groupBy } from '../domain/group.js';
import { type Article, type Claim, LONGEST_NOTE } from '../domain/records.js';
import { refused } from '../domain/rules.js';
import { AppError, invalid, under } from '../errors.js';
import type { Reads } from '../graph/graph.js';
import { checkRevisions } from '../store/conflict.js';
import { citationsToDecide, lastEdits } from '../store/decided.js';
import { loadRecords, type Stored } from '../store/load.js';
import { carryOut, checkCount, type Editor } from './editor.js';

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
  /**
   * For ACCEPTED: of the citations that wait, those that are accepted with it; null for all of them. For REJECTED: those that are rejected
   * in its place; null for the claim itself.
   */
  citations: readonly string[] | null;
  /** That of the claim with its citations: a quote that came later was not seen. */
  revision: number;
}

const MOST_DECISIONS = 500;

/**
 * Decides claims as one change, all or none. Accepting a claim accepts the citations that wait with it, or those of them that are
 * named; rejecting it and sending it back leaves them. Of a claim whose citations are rejected the verdict stays, while it has another;
 * why they are stands in the note of the change. What is decided so already by the same actor counts as done.
 * @throws AppError CONFLICT, rule STALE, where somebody decided or cited since, naming the record; REFUSED, rule UNSUPPORTED, for a claim
 * without a citation that could be accepted; INVALID_INPUT, rules EMPTY, TOO_MANY, REPEATED, REASON and CITATIONS, and QUOTE for one that
 * its article has no more.
 */
export async function decideClaims(editor: Editor, decisions: readonly Decision[]): Promise<Change | null> {
  checkDecisions(decisions);
  const order = { ...editor, note: noteWith(editor.note, decisions) };
  for (const [at, { claim }] of decisions.entries())
    editor.paths?.set(claim, (field) => `decisions[${at}].${field === 'verdictNote' ? 'note' : 'decide'}`);
  return carryOut(order, 'decideClaims', async (graph) => {
    const ids = decisions.map(({ claim }) => claim);
    const claims = (await loadRecords(graph, ids)) as Map<string, Stored<'Claim'>>;
    const citations = groupBy(await citationsToDecide(graph, ids), ({ record }) => record.claim);
    const meant = new Map(
      decisions.map((decision, at) => [decision, under(`decisions[${at}]`, () => citationsMeant(decision, citations))]),
    );
    const done = await doneAlready(graph, editor.actor, meant, claims);
    const open = decisions.filter((decision) => !done.has(decision));
    const seen = Object.fromEntries(open.map(({ claim, revision }) => [claim, revision]));
    await checkRevisions(graph, seen, (claim) => `decisions[${ids.indexOf(claim)}].expectedRevision`);
    checkSupport(decisions, meant, citations);
    await checkPlaces(graph, decisions, meant);
    return open.flatMap((decision): EditInput[] => [
      ...(isOfQuotes(decision) ? [] : [{ type: 'Claim' as const, id: decision.claim, set: verdictOf(decision) }]),
      ...(meant.get(decision) ?? []).map(
        ({ record }): EditInput => ({ type: 'Citation', id: record.id, set: { verdict: decision.verdict } }),
      ),
    ]);
  });
}

/** Whether it is about quotes alone, and the claim stays as it is. */
const isOfQuotes = ({ verdict, citations }: Decision) => verdict === 'REJECTED' && citations !== null;

/** The note of the change, with why each quote is rejected. Throws INVALID_INPUT, rule TOO_MANY. */
function noteWith(note: string | null, decisions: readonly Decision[]): string | null {
  const why = groupBy(decisions.filter(isOfQuotes), (decision) => String(verdictOf(decision).verdictNote));
  const lines = [...why].map(
    ([reason, some]) => `${some.flatMap(({ citations }) => citations ?? []).join(', ')}: ${reason}`,
  );
  if (lines.length === 0) return note;
  const text = [note, ...lines].filter((line) => line !== null).join('\n');
  if (text.length > LONGEST_NOTE)
    throw invalid('decisions', 'TOO_MANY', 'Why so many quotes are rejected does not fit into one note.');
  return text;
}

/** A claim is accepted with a citation, or on one that is accepted already. */
function checkSupport(
  decisions: readonly Decision[],
  meant: ReadonlyMap<Decision, readonly Stored<'Citation'>[]>,
  cited: Cited,
): void {
  for (const [at, decision] of decisions.entries()) {
    const own = cited.get(decision.claim) ?? [];
    const isSupported =
      (meant.get(decision) ?? []).length > 0 || own.some(({ record }) => record.verdict === 'ACCEPTED');
    if (decision.verdict === 'ACCEPTED' && !isSupported)
      throw refused('UNSUPPORTED', `${decision.claim} has no citation that could be accepted`, {
        ...{ field: `decisions[${at}].decide`, record: decision.claim },
      });
  }
}

/** A quote that the newer text of its article has not is accepted by nobody: it is told which, among so many decisions. */
async function checkPlaces(
  graph: Reads,
  decisions: readonly Decision[],
  meant: ReadonlyMap<Decision, readonly Stored<'Citation'>[]>,
): Promise<void> {
  const unplaced = decisions.flatMap((decision, at) =>
    decision.verdict !== 'ACCEPTED'
      ? []
      : (meant.get(decision) ?? []).filter(({ record }) => record.from === null).map(({ record }) => ({ at, record })),
  );
  if (unplaced.length === 0) return;
  const articles = await loadRecords(graph, [...new Set(unplaced.map(({ record }) => record.article))]);
  const textOf = (id: string) => (articles.get(id)?.record as Article | undefined)?.text ?? null;
  const lost = unplaced.find(({ record }) => textOf(record.article) !== null);
  if (lost === undefined) return;
  const message = 'The quote does not stand in the text of its article any more: accept others, or reject the claim';
  const details = { field: `decisions[${lost.at}].citations`, rule: 'QUOTE', record: lost.record.id };
  throw new AppError('INVALID_INPUT', message, details);
}

type Cited = ReadonlyMap<string, readonly Stored<'Citation'>[]>;

/** The citations that a decision still has to decide. Throws INVALID_INPUT, rule CITATIONS, for one of another claim, or a rejected one to accept. */
function citationsMeant(decision: Decision, cited: Cited): Stored<'Citation'>[] {
  const { claim, verdict, citations } = decision;
  const own = cited.get(claim) ?? [];
  const named = citations?.map((id) => own.find(({ record }) => record.id === id));
  const isMeant = (found: Stored<'Citation'> | undefined): found is Stored<'Citation'> =>
    found !== undefined && (verdict === 'REJECTED' || found.record.verdict !== 'REJECTED');
  if (named && !named.every(isMeant)) throw invalid('citations', 'CITATIONS', `Name citations of ${claim} that wait.`);
  if (isOfQuotes(decision)) return (named ?? []).filter(({ record }) => record.verdict !== 'REJECTED');
  const accepted = verdict === 'ACCEPTED' ? (named ?? own) : [];
  return accepted.filter(({ record }) => record.verdict === 'PROPOSED');
}

function checkDecisions(decisions: readonly Decision[]): void {
  checkCount('decisions', decisions, MOST_DECISIONS);
  const first = new Map<string, number>();
  for (const [at, { claim }] of decisions.entries()) {
    if (first.has(claim)) throw invalid(`decisions[${at}].claim`, 'REPEATED', 'A claim stands there twice.');
    first.set(claim, at);
  }
  const unmeant = decisions.findIndex(
    ({ verdict, citations }) =>
      citations !== null && (verdict === 'PROPOSED' || (verdict === 'REJECTED' && citations.length === 0)),
  );
  if (unmeant !== -1)
    throw invalid(
      `decisions[${unmeant}].citations`,
      'CITATIONS',
      'Citations are named only to accept them, or to reject one at least.',
    );
  const unclear = decisions.findIndex(({ verdict, reason }) => (verdict === 'REJECTED') !== (reason !== null));
  if (unclear !== -1)
    throw invalid(`decisions[${unclear}].reason`, 'REASON', 'A reason is given for what is rejected, and only then.');
}

export const verdictOf = ({ verdict, reason, note }: Pick<Decision, 'verdict' | 'reason' | 'note'>) => ({
  verdict,
  verdictNote: [reason, note].filter((part) => part !== null).join(': ') || null,
});

/** The parts of a verdict note: the reason that `verdictOf` puts first, where it begins with one, and the words. */
export function splitVerdictNote(text: string | null): { reason: RejectReason | null; note: string | null } {
  const [first = '', ...words] = (text ?? '').split(': ');
  const reason = REJECT_REASONS.find((each) => each === first) ?? null;
  return { reason, note: (reason === null ? text : words.join(': ')) || null };
}

/**
 * The decisions that are as they should be already, by the same actor, who has lost the answer to the first. Throws NOT_FOUND for a
 * claim that isn't there.
 */
async function doneAlready(
  graph: Reads,
  actor: string,
  meant: ReadonlyMap<Decision, readonly Stored<'Citation'>[]>,
  claims: ReadonlyMap<string, Stored<'Claim'>>,
): Promise<Set<Decision>> {
  const same = [...meant.keys()].filter((decision, at) => {
    const stored = claims.get(decision.claim);
    if (stored === undefined)
      throw new AppError('NOT_FOUND', `There is no claim ${decision.claim}`, { field: `decisions[${at}].claim` });
    const { verdict, verdictNote } = verdictOf(decision);
    const { record } = stored;
    const isSo = isOfQuotes(decision) || (record.verdict === verdict && record.verdictNote === verdictNote);
    return isSo && meant.get(decision)?.length === 0;
  });
  const decided = (decision: Decision) => (isOfQuotes(decision) ? (decision.citations ?? []) : [decision.claim]);
  const last = await lastEdits(graph, same.flatMap(decided));
  return new Set(same.filter((decision) => decided(decision).every((id) => last.get(id)?.actor === actor)));
}
