import type { Change, EditInput } from '../domain/change.js';
import { checkClaim } from '../domain/claim.js';
import { peopleOf } from '../domain/lookup.js';
import { type Citation, type Claim, type Period, type Relationship, typeOfId } from '../domain/records.js';
import type { PeriodType, RecordType } from '../domain/words.js';
import type { World } from '../domain/world.js';
import { forField, invalid } from '../errors.js';
import type { Reads } from '../graph/graph.js';
import { citationsToDecide } from '../store/decided.js';
import { surroundings } from '../store/surroundings.js';
import { attach } from './attach.js';
import { claimNow, heldBy } from './claim.js';
import { verdictOf } from './decide.js';
import { carryOut, type Editor, madeId } from './editor.js';
import { type Pair, type Statement, spokenOf, worldAround } from './say.js';
import type { Saying } from './say-claim.js';

/** Another record that a claim is about; a pair; or, by its type, a new period of the relationship that it is about now. */
export type Aim = { subject: string } | Pair | { newPeriod: PeriodType };

/** Tells the records that an aim makes apart from others of its change. */
const NAME = '0';

/**
 * Says what a claim is really about; resolutions that name it are void from then on. A quote of the one person who is no party any more
 * speaks for the one who is a party now. Where that record has a claim that says the same, this one is rejected, and its quotes are
 * cited for that.
 * @throws AppError INVALID_INPUT, rule OF_RELATIONSHIP, for a new period of what has none.
 */
export async function aimClaim(editor: Editor, id: string, aim: Aim, revision: number): Promise<Change | null> {
  if ('newPeriod' in aim) editor.paths?.set(madeId(editor, 'Period', NAME), () => 'newPeriod');
  const plan = async (graph: Reads): Promise<EditInput[]> => {
    const claim = await claimNow(graph, id);
    const quotes = (await citationsToDecide(graph, [id])).map(({ record }) => record);
    const about = 'newPeriod' in aim ? await freshPeriod(graph, claim, aim.newPeriod) : aim;
    const argument = 'subject' in about ? 'subject' : (about.at ?? 'newPeriod');
    const { world, subject, saying } = await aimedAt(editor, graph, claim, about, quotes);
    if (subject === claim.subject) return [];
    // The client says nothing of the claim's field and value, so what doesn't fit is where it aims.
    forField(argument, () => checkClaim(claim, typeOfId(subject) as RecordType, []));
    const spoken = await spokenAfter(graph, world, claim, { subject, argument }, quotes);
    const held = heldBy(world, subject, saying, id);
    // Turning the roles of a pair marks what waits for the others, and not the claim that turns them.
    const others = () => world.keep().filter((edit) => edit.id !== id || edit.set?.verdictNote === null);
    const open = spoken.filter(({ verdict }) => verdict !== 'REJECTED');
    if (held === undefined || claim.verdict === 'REJECTED' || open.length === 0)
      return [...others(), { type: 'Claim', id, set: { subject } }, ...spoken.map(spokenFor)];
    const accepted = claim.verdict === 'ACCEPTED' ? open.filter(({ verdict }) => verdict === 'ACCEPTED') : [];
    await attach(editor, graph, world, held, { accepted, proposed: open.filter((quote) => !accepted.includes(quote)) });
    const note = editor.note ?? `Its quotes are cited for ${held.claim.id}`;
    return [...others(), { type: 'Claim', id, set: verdictOf({ verdict: 'REJECTED', reason: 'OTHER', note }) }];
  };
  return carryOut(editor, 'aimClaim', plan, { [id]: revision });
}

/** The claim that says the same where this one was aimed, as `aimClaim` finds it; null where there is none. */
export async function heldWhere(editor: Editor, graph: Reads, id: string, aim: Aim): Promise<string | null> {
  if ('newPeriod' in aim) return null;
  const quotes = (await citationsToDecide(graph, [id])).map(({ record }) => record);
  const { world, subject, saying } = await aimedAt(editor, graph, await claimNow(graph, id), aim, quotes);
  return heldBy(world, subject, saying, id)?.claim.id ?? null;
}

/** What a claim is about where it is aimed, in the world around that. */
async function aimedAt(
  editor: Editor,
  graph: Reads,
  { field, polarity, value }: Claim,
  about: Statement['about'],
  quotes: readonly Citation[],
): Promise<{ world: World; subject: string; saying: Saying }> {
  const saying: Saying = { field, polarity, value, cite: quotes };
  const statement: Statement = { about, sayings: [saying] };
  const world = await worldAround(graph, [statement]);
  return { world, saying, subject: spokenOf(editor, world, statement, { verdict: 'PROPOSED', name: NAME }) };
}

const spokenFor = ({ id, side }: Citation): EditInput => ({ type: 'Citation', id, set: { side } });

/** The quotes of a claim as they speak once it is about this. Throws INVALID_INPUT, rule SIDE, for one of who is no party then. */
async function spokenAfter(
  graph: Reads,
  world: World,
  claim: Claim,
  { subject, argument }: { subject: string; argument: string },
  quotes: readonly Citation[],
): Promise<Citation[]> {
  const { stored } = await surroundings(graph, [{ type: 'Claim', id: claim.id, set: { subject } }]);
  world.learn({ records: [...stored.values()].map(({ record }) => record), slugs: [], gone: [] });
  const [before, after] = [peopleOf(world, claim.subject), peopleOf(world, subject)];
  const gone = before.filter((person) => !after.includes(person));
  const [come = null, ...others] = after.filter((person) => !before.includes(person));
  const swaps = gone.length === 1 && others.length === 0;
  return quotes.map((quote) => {
    const side = swaps && quote.side === gone[0] ? come : quote.side;
    if (quote.side !== null && (side === null || !after.includes(side)))
      throw invalid(argument, 'SIDE', `${quote.id} speaks for somebody whom it would not be about`);
    return { ...quote, side };
  });
}

/** A new period of the relationship that a claim is about, itself or through a period of it. */
async function freshPeriod(graph: Reads, { id, subject }: Claim, type: PeriodType): Promise<Pair> {
  const { stored } = await surroundings(graph, [{ type: 'Claim', id, set: {} }]);
  const period = stored.get(subject)?.record as Period | Relationship | undefined;
  const of = period && 'relationship' in period ? stored.get(period.relationship)?.record : period;
  if (of === undefined || !('a' in of))
    throw invalid('newPeriod', 'OF_RELATIONSHIP', 'Only a claim about a relationship or a period makes a period.');
  const { kind, a, b } = of;
  return { kind, a, b, type, startedBy: null, endedBy: null, separate: true };
}
