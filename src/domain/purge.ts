import { canonical } from './canonical.js';
import type { AnyRecord, EditInput } from './change.js';
import { nobody } from './nobody.js';
import { fieldsWithout, isTheirs, type Without } from './purge-fields.js';
import type { PurgedNames } from './purge-names.js';
import { textsWithout } from './purge-texts.js';
import { all, type PurgeWorld } from './purge-world.js';
import { type Article, type Person, typeOfId } from './records.js';
import { type SoughtName, spansOf } from './redact.js';
import type { RecordType } from './words.js';

export interface PurgePlan {
  edits: EditInput[];
  /** The people and records that are no more; the people stay as ids. */
  gone: ReadonlySet<string>;
  /** Records that tell of them beside others, or of those who were close to them. */
  near: ReadonlySet<string>;
  /** How each record that stays reads, and its edits. */
  withoutFor: (id: string) => Without;
}

/** Plans what goes with somebody, and how the rest reads without them. Pure. */
export function planPurge(world: PurgeWorld): PurgePlan {
  const family = new Set(world.family.map(({ id }) => id));
  const isGone = (person: string) => family.has(person);
  const gone = goneWith(world, isGone);
  const near = nearTo(world, gone, isGone);
  const everyName = { isGone, names: { everywhere: world.names.near, near: world.names.near } };
  const special = textsWithout(world, gone, near, everyName);
  const plain = { isGone, names: world.names };
  const withoutFor = (id: string) => special.get(id) ?? (near.has(id) ? everyName : plain);
  const adults = adultsWith(world, gone);
  const left = [...world.records.values()].filter(({ id }) => !gone.has(id) && !isGone(id));
  const edits = [
    ...[...gone].map((id): EditInput => ({ type: typeOfId(id) as RecordType, id, set: null })),
    ...left.flatMap((record) => {
      const told = fieldsWithout(typeOfId(record.id) as RecordType, record as never, withoutFor(record.id));
      return changed(record, adults.has(record.id) ? { ...told, adult: true } : told);
    }),
    ...world.family.map(({ id }): EditInput => ({ type: 'Person', id, set: nobody(id) })),
  ];
  return { edits, gone: new Set([...family, ...gone]), near: new Set([...near, ...special.keys()]), withoutFor };
}

/** Whether a record names them, by id or by a name that is nobody else's. */
export function namesThem(record: AnyRecord, family: readonly Person[], names: PurgedNames): boolean {
  const isGone = (person: string) => family.some(({ id }) => id === person);
  if ('value' in record && 'person' in record.value && isGone(record.value.person)) return true;
  return (
    changed(record, fieldsWithout(typeOfId(record.id) as RecordType, record as never, { isGone, names })).length > 0
  );
}

/** Whether an article says anything of them, who are known to be told of in it. */
export function namesInArticle(article: Article, family: readonly Person[], { near }: PurgedNames): boolean {
  return article.mentions.some(({ person }) => family.some(({ id }) => id === person)) || spansIn(article, near) > 0;
}

/** The records that are about them alone, or about them and another: without them there is nothing left to tell. */
function goneWith(world: PurgeWorld, isGone: (person: string) => boolean): Set<string> {
  const gone = new Set<string>();
  const add = (records: readonly AnyRecord[]) => {
    for (const { id } of records) gone.add(id);
  };
  add(all(world, 'Relationship').filter(({ a, b }) => isGone(a) || isGone(b)));
  add(all(world, 'Period').filter(({ relationship }) => gone.has(relationship)));
  // What dates the period of another couple stays with them.
  const isNeeded = (id: string) =>
    (world.dependents.get(id) ?? []).some((other) => typeOfId(other) === 'Period' && !gone.has(other));
  add(all(world, 'Event').filter(({ id, participants }) => isTheirs(participants, isGone) && !isNeeded(id)));
  add(
    all(world, 'Claim').filter(
      ({ subject, value }) => gone.has(subject) || isGone(subject) || ('person' in value && isGone(value.person)),
    ),
  );
  add(all(world, 'Citation').filter(({ claim, side }) => gone.has(claim) || (side !== null && isGone(side))));
  add(all(world, 'Resolution').filter(({ claims }) => claims.some((claim) => gone.has(claim))));
  const isLeft = ({ id, mentions }: Article) =>
    mentions.some(({ person }) => !isGone(person)) ||
    (world.dependents.get(id) ?? []).some((other) => !gone.has(other));
  let theirs = all(world, 'Article').filter((article) => namesIn(article, world.names, isGone));
  // One that others of theirs are based on goes once those do.
  for (let left = theirs.filter(isLeft); left.length < theirs.length; left = theirs.filter(isLeft)) {
    add(theirs.filter((article) => !left.includes(article)));
    theirs = left;
  }
  return gone;
}

function namesIn(article: Article, { everywhere }: PurgedNames, isGone: (person: string) => boolean): boolean {
  return article.mentions.some(({ person }) => isGone(person)) || spansIn(article, everywhere) > 0;
}

/** What tells of them beside others: articles that name them or that they are cited from, and what hangs on events they were at. */
function nearTo(world: PurgeWorld, gone: ReadonlySet<string>, isGone: (person: string) => boolean): Set<string> {
  const near = new Set<string>();
  for (const { id, participants } of all(world, 'Event'))
    if (participants.some(({ person }) => isGone(person))) near.add(id);
  for (const article of all(world, 'Article')) if (namesIn(article, world.names, isGone)) near.add(article.id);
  for (const { id, article } of all(world, 'Citation')) if (gone.has(id)) near.add(article);
  for (const { id, subject } of all(world, 'Claim')) if (near.has(subject)) near.add(id);
  for (const { id, claim } of all(world, 'Citation')) if (near.has(claim)) near.add(id);
  for (const { id, claims } of all(world, 'Resolution')) if (claims.some((claim) => near.has(claim))) near.add(id);
  return near;
}

function spansIn({ title, text, author, outlet, url }: Article, names: readonly SoughtName[]): number {
  return [title, text, author, outlet, url].flatMap((part) => (part === null ? [] : spansOf(part, names))).length;
}

/** Whoever would become a minor again, because what told that they are none goes. */
function adultsWith(world: PurgeWorld, gone: ReadonlySet<string>): Set<string> {
  const couples = all(world, 'Relationship').filter(({ id }) => gone.has(id));
  const events = all(world, 'Event').filter(({ id }) => gone.has(id));
  const people = [
    ...couples.flatMap(({ a, b }) => [a, b]),
    ...events.flatMap(({ participants }) => participants.map(({ person }) => person)),
  ];
  return new Set(people.filter((person) => world.adults.has(person)));
}

/** The edit that makes a record read as told; none where it does already. */
function changed(record: AnyRecord, told: object): EditInput[] {
  const was = new Map(Object.entries(record));
  const set = Object.fromEntries(
    Object.entries(told).filter(([field, value]) => canonical(value) !== canonical(was.get(field))),
  );
  return Object.keys(set).length === 0 ? [] : [{ type: typeOfId(record.id) as RecordType, id: record.id, set }];
}
