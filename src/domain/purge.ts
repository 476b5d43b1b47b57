import { canonical } from './canonical.js';
import type { AnyRecord, EditInput } from './change.js';
import { groupBy } from './group.js';
import { nobody } from './nobody.js';
import { fieldsWithout, isTheirs, type Without } from './purge-fields.js';
import type { PurgedNames } from './purge-names.js';
import { type Article, type Citation, type Person, type RecordOf, type RecordType, typeOfId } from './records.js';
import { blacken, type SoughtName, soughtNames, spansOf } from './redact.js';

/** Everything that a purge of one person may take along or change. */
export interface PurgeWorld {
  /** The person, and whoever was merged into them. */
  family: readonly Person[];
  names: PurgedNames;
  /** All records that depend on them or name them, and what hangs on those. */
  records: ReadonlyMap<string, AnyRecord>;
  /** Who refers to each event and article. */
  dependents: ReadonlyMap<string, readonly string[]>;
}

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
  const special = specialOf(world, near, everyName);
  const plain = { isGone, names: world.names };
  const withoutFor = (id: string) => special.get(id) ?? (near.has(id) ? everyName : plain);
  const left = [...world.records.values()].filter(({ id }) => !gone.has(id) && !isGone(id));
  const edits = [
    ...[...gone].map((id): EditInput => ({ type: typeOfId(id) as RecordType, id, set: null })),
    ...left.flatMap((record) => changed(record, withoutFor(record.id))),
    ...world.family.map(({ id }): EditInput => ({ type: 'Person', id, set: nobody(id) })),
  ];
  return { edits, gone: new Set([...family, ...gone]), near: new Set([...near, ...special.keys()]), withoutFor };
}

/** Records that lose more than the names that everything loses. */
function specialOf(world: PurgeWorld, near: ReadonlySet<string>, everyName: Without): Map<string, Without> {
  const { isGone } = everyName;
  const special = new Map<string, Without>();
  const quotes = groupBy(all(world, 'Citation'), ({ article }) => article);
  for (const article of all(world, 'Article')) {
    if (!near.has(article.id)) continue;
    // Older texts, whose places nobody knows, lose whatever it calls them wherever that stands.
    const surfaces = surfacesIn(article, world.names.near, isGone);
    const texts = articleTexts(article, world.names.near, isGone);
    special.set(article.id, { ...everyName, surfaces, texts });
    for (const citation of quotes.get(article.id) ?? [])
      special.set(citation.id, { ...everyName, surfaces, texts: quoteOf(citation, article, texts) });
  }
  const couples = all(world, 'Relationship').filter(({ a, b }) => isGone(a) || isGone(b));
  for (const person of couples.flatMap(({ a, b }) => [a, b]))
    special.set(person, { isGone, names: { everywhere: world.names.close, near: world.names.near } });
  return special;
}

/** Whether a record names them, by id or by a name that is nobody else's. */
export function namesThem(record: AnyRecord, family: readonly Person[], names: PurgedNames): boolean {
  const isGone = (person: string) => family.some(({ id }) => id === person);
  if ('value' in record && 'person' in record.value && isGone(record.value.person)) return true;
  return changed(record, { isGone, names }).length > 0;
}

/** Whether an article says anything of them, who are known to be told of in it. */
export function namesInArticle(article: Article, family: readonly Person[], { near }: PurgedNames): boolean {
  return article.mentions.some(({ person }) => family.some(({ id }) => id === person)) || spansIn(article, near) > 0;
}

function all<T extends RecordType>({ records }: PurgeWorld, type: T): RecordOf[T][] {
  return [...records.values()].filter(({ id }) => typeOfId(id) === type) as RecordOf[T][];
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

/** What an article calls them beside their names. */
function surfacesIn(
  { mentions }: Article,
  names: readonly SoughtName[],
  isGone: (person: string) => boolean,
): SoughtName[] {
  const surfaces = mentions.filter(({ person }) => isGone(person)).map(({ surface }) => surface);
  const known = new Set(names.map(({ words }) => words.join(' ')));
  return soughtNames(surfaces).filter(({ words }) => words.join('').length > 2 && !known.has(words.join(' ')));
}

/** Title and text as they read now, without them where they are named, and as others are named. */
function articleTexts(
  { title, text, mentions }: Article,
  names: readonly SoughtName[],
  isGone: (person: string) => boolean,
): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [part, whole] of [
    ['TITLE', title],
    ['TEXT', text],
  ] as const) {
    if (whole === null) continue;
    const here = mentions.filter((mention) => mention.part === part);
    const others = here.filter(({ person }) => !isGone(person));
    const told = blacken(
      blacken(whole, spansOf(whole, names), others),
      here.filter(({ person }) => isGone(person)),
    );
    texts.set(whole, told).set(told, told);
  }
  return texts;
}

/** A quote reads as its article does. */
function quoteOf(
  { quote, from, to }: Citation,
  { text }: Article,
  texts: ReadonlyMap<string, string>,
): Map<string, string> {
  const told = text === null || from === null || to === null ? undefined : texts.get(text)?.slice(from, to);
  return new Map(
    told === undefined
      ? []
      : [
          [quote, told],
          [told, told],
        ],
  );
}

/** The edit that makes a record read without them; none where it does already. */
function changed(record: AnyRecord, without: Without): EditInput[] {
  const type = typeOfId(record.id) as RecordType;
  const told = Object.entries(fieldsWithout(type, record as never, without));
  const was = new Map(Object.entries(record));
  const set = Object.fromEntries(told.filter(([field, value]) => canonical(value) !== canonical(was.get(field))));
  return Object.keys(set).length === 0 ? [] : [{ type, id: record.id, set }];
}
