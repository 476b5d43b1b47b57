import type { Change, EditInput } from '../domain/change.js';
import { valueKey } from '../domain/claim.js';
import type { Citation, Claim } from '../domain/records.js';
import type { Held, World } from '../domain/world.js';
import { AppError, invalid, under } from '../errors.js';
import type { Reads } from '../graph/graph.js';
import { checkRevisions } from '../store/conflict.js';
import { citationsToDecide, lastEdits } from '../store/decided.js';
import { loadRecords } from '../store/load.js';
import { attach } from './attach.js';
import { verdictOf } from './decide.js';
import { carryOut, type Editor, madeId } from './editor.js';
import { says } from './rejected.js';
import { planned, type Statement, worldAround } from './say.js';
import { type Cite, citationOf, type Saying, type Standing } from './say-claim.js';

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
 * Says what the quotes of a claim really say, and of which field. A claim's value never changes: it is rejected as WRONG_VALUE, and the
 * same quotes are cited for the right one, which is accepted with them, or proposed.
 * @throws AppError INVALID_INPUT, rule SAME_VALUE.
 */
export async function correctClaim(
  editor: Editor,
  id: string,
  { field, value }: Pick<Claim, 'field' | 'value'>,
  verdict: Standing,
  revision: number,
): Promise<Change | null> {
  return carryOut(
    editor,
    'correctClaim',
    async (graph) => {
      const claim = await claimNow(graph, id);
      const { subject, polarity } = claim;
      if (claim.field === field && valueKey(claim.value) === valueKey(value))
        throw invalid('value', 'SAME_VALUE', 'That is what it says already.');
      const quotes = (await citationsToDecide(graph, [id]))
        .map(({ record }) => record)
        .filter((quote) => quote.verdict !== 'REJECTED');
      const saying: Saying = { field, polarity, value, cite: quotes };
      const wrong = verdictOf({ verdict: 'REJECTED', reason: 'WRONG_VALUE', note: editor.note });
      const right = await corrected(editor, graph, subject, saying, { quotes, verdict });
      return [{ type: 'Claim', id, set: wrong }, ...right];
    },
    { [id]: revision },
  );
}

/** The claim that says what the quotes of another really say, as `correctClaim` finds it; null where there is none. */
export async function rightOf(
  graph: Reads,
  id: string,
  { field, value }: Pick<Claim, 'field' | 'value'>,
): Promise<string | null> {
  const { subject, polarity } = await claimNow(graph, id);
  const saying: Saying = { field, polarity, value, cite: [] };
  const world = await worldAround(graph, [{ about: { subject }, sayings: [saying] }]);
  return heldBy(world, subject, saying, id)?.claim.id ?? null;
}

/** The claim about a subject that says just this and isn't rejected, but for the one of this id. */
export function heldBy(world: World, subject: string, saying: Saying, but?: string): Held | undefined {
  return world
    .claimsAbout(subject)
    .find(({ claim }) => claim.id !== but && claim.verdict !== 'REJECTED' && says(claim, saying));
}

/** The edits that cite quotes for what they really say: for the claim that says so, or a new one. */
async function corrected(
  editor: Editor,
  graph: Reads,
  subject: string,
  saying: Saying,
  { quotes, verdict }: { quotes: readonly Citation[]; verdict: Standing },
): Promise<EditInput[]> {
  const statement = { about: { subject }, sayings: [saying] };
  const world = await worldAround(graph, [statement]);
  const held = heldBy(world, subject, saying);
  if (held === undefined || quotes.length === 0) return planned(editor, graph, [statement], verdict);
  const [accepted, proposed] = verdict === 'ACCEPTED' ? [quotes, []] : [[], quotes];
  await attach(editor, graph, world, held, { accepted, proposed });
  return world.keep();
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
    const id = madeId(editor, 'Citation', 0);
    editor.paths?.set(id, 'cite');
    world.add(
      'Citation',
      under('cite', () => citationOf(world, id, claim, cite, verdict)),
    );
    return world.keep();
  });
}

/**
 * Takes a quote back, unless the same actor has done so already: it stays as memory, and a claim that rested on nothing else is
 * PROPOSED again, in the same change (T14).
 */
export async function withdrawCitation(editor: Editor, id: string, revision: number): Promise<Change | null> {
  return carryOut(editor, 'withdrawCitation', async (graph) => {
    const quote = (await loadRecords(graph, [id])).get(id)?.record as Citation | undefined;
    const isOurs = async () => (await lastEdits(graph, [id])).get(id)?.actor === editor.actor;
    if (quote?.verdict === 'REJECTED' && (await isOurs())) return [];
    await checkRevisions(graph, { [id]: revision });
    return [{ type: 'Citation', id, set: { verdict: 'REJECTED' } }];
  });
}

/** A claim as it is. Throws NOT_FOUND. */
export async function claimNow(graph: Reads, id: string): Promise<Claim> {
  const stored = (await loadRecords(graph, [id])).get(id);
  if (stored === undefined) throw new AppError('NOT_FOUND', `There is no claim ${id}`, { field: 'claim' });
  return stored.record as Claim;
}
