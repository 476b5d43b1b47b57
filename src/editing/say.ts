import type { EditInput } from '../domain/change.js';
import { checkSaidOrder } from '../domain/claim.js';
import { inPartyOrder, relationshipId } from '../domain/ids.js';
import { matchSaid } from '../domain/match-said.js';
import { type Period, type Relationship, typeOfId } from '../domain/records.js';
import { turnRoles } from '../domain/roles.js';
import { World } from '../domain/world.js';
import { AppError, invalid, pathTo, under } from '../errors.js';
import type { Reads } from '../graph/graph.js';
import { loadClaimsInto, loadInto, loadPairsInto, type Records } from '../store/around.js';
import { type Editor, madeId } from './editor.js';
import { rejectedIn, rejection, says } from './rejected.js';
import { type Made, type Saying, type Standing, say } from './say-claim.js';

/** Two people, by their ids, and what is said of them: the period is found by the rule that any claim is matched by. */
export interface Pair extends Pick<Relationship, 'kind' | 'a' | 'b'>, Pick<Period, 'type' | 'startedBy' | 'endedBy'> {
  /** Makes a period of its own, whatever is there: two who came back to each other. */
  separate: boolean;
  at?: string;
}

/** Something that somebody says: of a record, or of a pair. */
export interface Statement {
  about: { subject: string } | Pair;
  sayings: readonly Saying[];
  at?: string;
}

/** The records around what is to be said: planning reads and writes there, and its edits become the change. */
export async function worldAround(graph: Reads, statements: readonly Statement[]): Promise<World> {
  const records: Records = new Map();
  const subjects = statements.flatMap(({ about }) => ('subject' in about ? about.subject : []));
  await loadInto(records, graph, [...subjects, ...statements.flatMap(namedIn)]);
  const pairs = statements.flatMap(({ about }) => ('subject' in about ? [] : about));
  await loadPairsInto(records, graph, pairs);
  await loadClaimsInto(records, graph, subjects);
  const world = new World();
  world.learn({ records: [...records.values()], slugs: [], gone: [] });
  return world;
}

function namedIn({ about, sayings }: Statement): string[] {
  const cited = sayings.flatMap(({ cite }) => cite.map(({ article }) => article));
  const people = sayings.flatMap(({ value }) => ('person' in value ? value.person : []));
  if ('subject' in about) return [...cited, ...people];
  const { a, b, startedBy, endedBy } = about;
  return [...cited, ...people, a, b, ...[startedBy, endedBy].filter((id) => id !== null)];
}

/**
 * The edits that say all of this, given the graph as it is.
 * @throws AppError CONFLICT, rule REJECTED, where it would be ACCEPTED and was rejected from the same source: with the record, who
 * rejected it, when and why, so that whoever has seen that can decide it.
 */
export async function planned(
  editor: Editor,
  graph: Reads,
  statements: readonly Statement[],
  verdict: Standing,
): Promise<EditInput[]> {
  const world = await worldAround(graph, statements);
  const [overruled] = sayAll(editor, world, statements, verdict);
  if (overruled !== undefined) throw await rejection(graph, overruled);
  return world.keep();
}

/**
 * Plans everything that is said, one statement after the other, so that each is matched to what those before it made. Answers the
 * rejected claims and citations that would be overruled by it.
 */
export function sayAll(
  editor: Editor,
  world: World,
  statements: readonly Statement[],
  verdict: Standing,
): readonly string[] {
  const overruled: string[] = [];
  for (const [place, statement] of statements.entries()) {
    const { sayings } = statement;
    const name = String(place);
    if (sayings.length === 0)
      throw invalid(
        pathTo(statement.at, 'claims'),
        'CITED',
        'Whatever is recorded needs a claim, with a quote that says so',
      );
    checkSaidOrder(sayings, (end) => pathTo(sayings[end]?.at, 'value.date'));
    const subject = spokenOf(editor, world, statement, { verdict, name });
    for (const [at, saying] of sayings.entries()) {
      const equal = world.claimsAbout(subject).filter(({ claim }) => says(claim, saying));
      if (verdict === 'ACCEPTED') overruled.push(...rejectedIn(equal, saying));
      under(saying.at, () => say(editor, world, subject, saying, equal, { verdict, name: `${name}.${at}` }));
    }
  }
  return overruled;
}

/** The id of what a statement speaks of; a period, and what it belongs to, is made where it is missing. */
export function spokenOf(editor: Editor, world: World, { about, sayings, at }: Statement, made: Made): string {
  return 'subject' in about
    ? under(at, () => subjectOf(world, about.subject))
    : pairSubject(editor, world, about, { sayings, ...made });
}

type Subject = 'Person' | 'Relationship' | 'Period' | 'Event';

function subjectOf(world: World, id: string): string {
  const found = world.survivor(typeOfId(id) as Subject, id);
  if (found === null) throw new AppError('NOT_FOUND', `There is nothing to say of under ${id}`, { field: 'subject' });
  return found.id;
}

/** The period or relationship that is spoken of, made where it is missing. */
function pairSubject(editor: Editor, world: World, pair: Pair, said: Made & { sayings: readonly Saying[] }): string {
  const { kind, a, b, type, separate } = pair;
  if (a === b) throw invalid(pathTo(pair.at, 'b'), 'SELF_PAIR', 'A person is paired with themselves');
  const id = relationshipId(kind, a, b);
  const found = world.relationshipBetween(kind, a, b);
  if (found === null) {
    const parties = inPartyOrder(kind, a, b);
    const written = parties.a === a ? { a: 'a', b: 'b' } : { a: 'b', b: 'a' };
    if (pair.at) editor.paths?.set(id, (field) => pathTo(pair.at, { ...written, kind: 'kind' }[field] ?? field));
    world.add('Relationship', { id, kind, ...parties, mergedInto: null });
  }
  const relationship = found?.id ?? id;
  const turned = found !== null && turnRoles(world, found, pair, said.verdict);
  const spoken = said.sayings.map((each) => ({ ...each, articles: each.cite.map(({ article }) => article) }));
  const match = separate || turned ? null : matchSaid(world, relationship, type, spoken, false);
  if (match === 'RELATIONSHIP') return relationship;
  return match ?? addPeriod(editor, world, relationship, pair, said);
}

function addPeriod(
  editor: Editor,
  world: World,
  relationship: string,
  { type, startedBy, endedBy, at }: Pair,
  { name }: Made,
): string {
  const id = madeId(editor, 'Period', name);
  if (at) editor.paths?.set(id, at);
  world.add('Period', { id, relationship, type, startedBy, endedBy, mergedInto: null });
  return id;
}
