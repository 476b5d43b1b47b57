import type { AnyRecord, EditInput } from '../domain/change.js';
import { checkSaidOrder } from '../domain/claim.js';
import { inPartyOrder, relationshipId } from '../domain/ids.js';
import { slugOf } from '../domain/names.js';
import { parsePartialDate } from '../domain/partial-date.js';
import { placesOfMentions } from '../domain/places.js';
import { type Citation, type Claim, type RecordOf, typeOfId } from '../domain/records.js';
import { turnRoles } from '../domain/roles.js';
import { checkRecord } from '../domain/rules.js';
import type { RecordType } from '../domain/words.js';
import type { World } from '../domain/world.js';
import { AppError, invalid } from '../errors.js';
import { checkNotGone, type Decisions, named } from './named.js';
import { addClaims } from './plan-claims.js';
import { loadedOf, planPeriod } from './plan-period.js';
import { definedBy, idOfKey } from './references.js';
import type { Row, RowOf } from './row-schema.js';
import type { Line, Problem } from './rows.js';

/** What became of a line: the edits it asks for (none: all was there already), or why it was left out. */
export interface Planned {
  line: number;
  edits: EditInput[];
  problems: Problem[];
}

/**
 * Plans one line as a whole: every rule that a commit would check is checked here, and a line that breaks one is left out with its
 * reason. Rows only add: a record that is there already keeps its fields, whatever the row says of them. Pure but for `world`.
 */
export function planLine(world: World, { line, rows, problems }: Line, decisions: Decisions): Planned {
  let last: Row | null = null;
  try {
    for (const row of rows) {
      last = row;
      planRow(world, row, decisions);
    }
    checkEdits(world);
    return { line, edits: world.keep(), problems };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    world.revert();
    const { field = '', rule = error.code } = error.details;
    const brought = last && definedBy(last);
    if (rule === 'REMOVED' && brought) world.leaveOut(idOfKey(brought));
    return { line, edits: [], problems: [...problems, { line, field, rule, message: error.message, leaves: 'ROW' }] };
  }
}

function planRow(world: World, row: Row, decisions: Decisions): void {
  if (row.row === 'person') planPerson(world, row, decisions);
  else if (row.row === 'article') planArticle(world, row);
  else if (row.row === 'event') planEvent(world, row, decisions);
  else planRelationship(world, row, decisions);
}

function checkEdits(world: World): void {
  const added = world.edits.flatMap(({ type, id }) => ({ type, record: world.get(type, id) as AnyRecord }));
  for (const { type, record } of added) checkRecord(type, record as RecordOf[RecordType], world);
  for (const { record } of added) if ('claim' in record) checkOrder(world, record);
}

/**
 * Whatever one article says of one subject has its starts and ends in order (DATE_ORDER), rows loaded earlier included: a commit
 * would refuse all rows of its change for it.
 */
function checkOrder(world: World, { claim, article }: Citation): void {
  const { subject } = world.get('Claim', claim) as Claim;
  if (typeOfId(subject) === 'Relationship') return;
  const said = world
    .claimsAbout(subject)
    .filter(
      (held) => held.claim.polarity === 'ASSERTS' && held.citations.some((citation) => citation.article === article),
    );
  checkSaidOrder(said.map((held) => held.claim));
}

function planPerson(world: World, row: RowOf<'person'>, decisions: Decisions): void {
  const id = idOfKey({ type: 'Person', key: row.key });
  if (world.survivor('Person', id) === null)
    world.add('Person', {
      id,
      slug: world.slugFor(row.slug ?? slugOf(row.name), id),
      name: row.name,
      aliases: row.aliases,
      description: row.description ?? null,
      externalIds: row.externalIds,
      visibility: row.visibility ?? decisions.visibility,
      adult: row.adult ?? decisions.adults,
      notSameAs: [],
      mergedInto: null,
    });
  addClaims(world, named(world, 'Person', row.key, 'key').id, row, decisions);
}

function planArticle(world: World, row: RowOf<'article'>): void {
  const id = idOfKey({ type: 'Article', key: row.key });
  if (world.survivor('Article', id) !== null) return;
  checkNotGone(world, id, 'key');
  const mentions = placesOfMentions(row, (key) => named(world, 'Person', key, 'mentions').id);
  if (!Array.isArray(mentions)) throw invalid(`mentions[${mentions.place}].surface`, 'MENTION', mentions.message);
  world.add('Article', {
    id,
    url: row.url ?? null,
    title: row.title,
    outlet: row.outlet ?? null,
    author: row.author ?? null,
    kind: row.kind,
    language: row.language ?? null,
    published: row.published,
    retrieved: parsePartialDate(row.retrieved, 'retrieved').min,
    text: row.text ?? null,
    version: 1,
    basedOn: row.basedOn.map((key) => named(world, 'Article', key, 'basedOn').id),
    mentions,
    mentionsReviewed: row.mentionsReviewed,
    mergedInto: null,
  });
}

function planEvent(world: World, row: RowOf<'event'>, decisions: Decisions): void {
  const id = idOfKey({ type: 'Event', key: row.key });
  checkNotGone(world, id, 'key');
  const participants = row.participants.map(({ person, role }) => ({
    person: named(world, 'Person', person, 'participants').id,
    role,
  }));
  if (world.survivor('Event', id) === null) world.add('Event', { id, kind: row.kind, participants, mergedInto: null });
  addClaims(world, named(world, 'Event', row.key, 'key').id, row, decisions);
}

function planRelationship(world: World, row: RowOf<'relationship'>, decisions: Decisions): void {
  const a = named(world, 'Person', row.a, 'a').id;
  const b = named(world, 'Person', row.b, 'b').id;
  checkSaidOrder(row.claims);
  if (a === b) throw invalid('b', 'SELF_PAIR', 'A person is paired with themselves');
  const id = relationshipId(row.kind, a, b);
  const found = world.relationshipBetween(row.kind, a, b);
  if (found === null)
    world.add('Relationship', { id, kind: row.kind, ...inPartyOrder(row.kind, a, b), mergedInto: null });
  const { accept } = decisions;
  const roles = { kind: row.kind, a, b };
  const fresh =
    found !== null && loadedOf(world, row) === null && turnRoles(world, found, roles, accept ? 'ACCEPTED' : 'PROPOSED');
  const subject = planPeriod(world, found?.id ?? id, row, { accept, fresh });
  if (subject !== null) addClaims(world, subject, row, decisions);
}
