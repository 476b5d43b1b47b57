import type { Change, EditInput } from '../domain/change.js';
import { valueKey } from '../domain/claim.js';
import {
  type Citation,
  type Claim,
  type ClaimValue,
  type Period,
  type PeriodType,
  typeOfId,
} from '../domain/records.js';
import { AppError, invalid } from '../errors.js';
import type { Reads } from '../graph/graph.js';
import { citationsToDecide } from '../store/decided.js';
import { loadRecords } from '../store/load.js';
import { verdictOf } from './decide.js';
import { carryOut, type Editor, madeId } from './editor.js';
import { type Cite, citationOf, planned, type Standing, type Statement, worldAround } from './say.js';

/**
 * Proposes what sources say: nothing of it shows until somebody decides; or says it as an editor's decision. Null where all of it is
 * known.
 * @throws AppError INVALID_INPUT, rule CITED, for a statement without a claim, or a claim without a citation.
 */
export async function proposeClaims(
  editor: Editor,
  statements: readonly Statement[],
  verdict: Standing,
): Promise<Change | null> {
  return carryOut(editor, 'proposeClaims', (graph) => planned(editor, graph, statements, verdict));
}

/**
 * Says what the quotes of a claim really say. A claim's value never changes: it is rejected as WRONG_VALUE, and the same quotes are
 * cited for the right one, which is accepted with them, or proposed.
 * @throws AppError INVALID_INPUT, rule SAME_VALUE.
 */
export async function correctClaim(
  editor: Editor,
  id: string,
  value: ClaimValue,
  verdict: Standing,
  revision: number,
): Promise<Change | null> {
  return carryOut(
    editor,
    'correctClaim',
    async (graph) => {
      const claim = await claimNow(graph, id);
      const { subject, field, polarity } = claim;
      if (valueKey(claim.value) === valueKey(value))
        throw invalid('value', 'SAME_VALUE', 'That is what it says already.');
      const quotes = (await citationsToDecide(graph, [id])).filter(({ record }) => record.verdict !== 'REJECTED');
      const sayings = [{ field, polarity, value, cite: quotes.map(({ record }) => record) }];
      const wrong = verdictOf({ verdict: 'REJECTED', reason: 'WRONG_VALUE', note: editor.note });
      const right = await planned(editor, graph, [{ about: { subject }, sayings }], verdict);
      return [{ type: 'Claim', id, set: wrong }, ...right];
    },
    { [id]: revision },
  );
}

/** Another record that a claim is about, or, by its type, a new period of the relationship that it is about now. */
export type Aim = { subject: string } | { newPeriod: PeriodType };

/** Says what a claim is really about; resolutions that name it are void from then on. */
export async function aimClaim(editor: Editor, id: string, aim: Aim, revision: number): Promise<Change | null> {
  const fresh = madeId(editor, 'Period', 0);
  return carryOut(
    editor,
    'aimClaim',
    async (graph) => {
      if ('subject' in aim) return [aimed(id, aim.subject)];
      const was = await rootOf(graph, (await claimNow(graph, id)).subject);
      if (typeOfId(was) !== 'Relationship')
        throw invalid('newPeriod', 'OF_RELATIONSHIP', 'Only a claim about a relationship or a period makes a period.');
      const period = { relationship: was, type: aim.newPeriod };
      return [{ type: 'Period', id: fresh, set: period }, aimed(id, fresh)];
    },
    { [id]: revision },
  );
}

const aimed = (id: string, subject: string): EditInput => ({ type: 'Claim', id, set: { subject } });

/** A period's relationship, else the subject itself. */
async function rootOf(graph: Reads, subject: string): Promise<string> {
  if (typeOfId(subject) !== 'Period') return subject;
  return ((await loadRecords(graph, [subject])).get(subject)?.record as Period | undefined)?.relationship ?? subject;
}

/** Adds a quote that says what a claim says. @throws AppError REFUSED, rule REPEATED, for one that is there. */
export async function addCitation(
  editor: Editor,
  claim: string,
  cite: Cite,
  verdict: Standing,
): Promise<Change | null> {
  return carryOut(editor, 'addCitation', async (graph) => {
    const { subject, field, polarity, value } = await claimNow(graph, claim);
    const said = [{ about: { subject }, sayings: [{ field, polarity, value, cite: [cite] }] }];
    const world = await worldAround(graph, said);
    const known = world.claimsAbout(subject).find((held) => held.claim.id === claim)?.citations ?? [];
    const same = known.find(
      ({ article, quote, evidence }) => article === cite.article && quote === cite.quote && evidence === cite.evidence,
    );
    if (same)
      throw new AppError('REFUSED', 'It is cited already', { rule: 'REPEATED', field: 'cite', record: same.id });
    world.add('Citation', citationOf(world, madeId(editor, 'Citation', 0), claim, cite, verdict));
    return world.keep();
  });
}

/**
 * Takes a quote back: it stays as memory, and a claim that rested on nothing else is PROPOSED again, in the same change (T14).
 */
export async function withdrawCitation(editor: Editor, id: string, revision: number): Promise<Change | null> {
  const set: Partial<Citation> = { verdict: 'REJECTED' };
  return carryOut(editor, 'withdrawCitation', [{ type: 'Citation', id, set }], { [id]: revision });
}

async function claimNow(graph: Reads, id: string): Promise<Claim> {
  const stored = (await loadRecords(graph, [id])).get(id);
  if (stored === undefined) throw new AppError('NOT_FOUND', `There is no claim ${id}`, { field: 'claim' });
  return stored.record as Claim;
}
