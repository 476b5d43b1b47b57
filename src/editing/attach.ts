import type { Citation } from '../domain/records.js';
import type { Held, World } from '../domain/world.js';
import type { Reads } from '../graph/graph.js';
import { type Editor, madeId } from './editor.js';
import { isSame, rejectedIn, rejection } from './rejected.js';
import type { Standing } from './say-claim.js';

/**
 * Cites a claim from the quotes of another that turns out to say the same, each in its own words; a claim with an accepted one is
 * accepted.
 * @throws AppError CONFLICT, rule REJECTED, where one that is to be accepted was rejected there.
 */
export async function attach(
  editor: Editor,
  graph: Reads,
  world: World,
  { claim, citations }: Held,
  quotes: { accepted: readonly Citation[]; proposed: readonly Citation[] },
): Promise<void> {
  const [overruled] = rejectedIn([{ claim, citations }], { ...claim, cite: quotes.accepted });
  if (overruled !== undefined) throw await rejection(graph, overruled);
  const cite = (verdict: Standing) => (quote: Citation) => {
    const known = citations.find((each) => isSame(each, quote) && each.quote === quote.quote);
    if (known?.verdict === 'PROPOSED' && verdict === 'ACCEPTED') world.accept(known);
    const id = madeId(editor, 'Citation', `of ${quote.id}`);
    if (known === undefined) world.add('Citation', { ...quote, id, claim: claim.id, verdict });
  };
  quotes.accepted.forEach(cite('ACCEPTED'));
  quotes.proposed.forEach(cite('PROPOSED'));
  if (quotes.accepted.length > 0 && claim.verdict === 'PROPOSED') world.accept(claim);
}
