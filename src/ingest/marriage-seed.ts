import { canonical } from '../domain/canonical.js';
import { dayOf } from '../domain/day.js';
import { groupBy } from '../domain/group.js';
import { slugOf } from '../domain/names.js';
import { boundsOfDateValue } from '../domain/partial-date.js';
import { World } from '../domain/world.js';
import { marriageRows } from './marriage-csv.js';
import { planLine } from './plan.js';
import type { RowClaim, RowOf } from './row-schema.js';
import { type Line, parseLines } from './rows.js';

/** The day that the data set speaks of is given by hand, for the file shows none. */
const ARTICLE = {
  row: 'article',
  key: 'seed:article:wikidata-marriages',
  kind: 'DATASET',
  title: 'Marriages of actors, as Wikidata had them',
  outlet: 'Wikidata',
  retrieved: '2026-11-20',
};

/** Groups of people joined by marriages are taken whole from this size on. */
const LARGE_GROUP = 10;
/** Whoever was born before this day is a person of history. */
const HISTORIC = dayOf(1931, 1, 1);

/** People of the file who stand in it as spouses only, and are known by their own work: read through by hand. */
const KNOWN_BY_OWN_WORK = new Set([
  'Anthony Forwood',
  'Astrud Gilberto',
  'Brad Pitt',
  'Connie Stevens',
  'Cynda Williams',
  'Elliott Arnold',
  'Gale Anne Hurd',
  'Gunter Sachs',
  'Jacques Charrier',
  'João Gilberto',
  'Jon Peters',
  'Kathryn Bigelow',
  'Kid Rock',
  'Kris Jenner',
  'Linda Thompson',
  'Mia Farrow',
  'Oleg Cassini',
  'Richie Sambora',
  'Suzy Amis Cameron',
  'Ted Turner',
  'Tom Hayden',
  'Tommy Lee',
  'Travis Barker',
  'Yolanda Hadid',
]);

type Marriage = RowOf<'relationship'>;
type Person = RowOf<'person'>;

/**
 * Chooses the demo graph's couples from a CSV of marriages of actors (seeds/README.md says why these): groups of at least ten people,
 * couples of whom both stand in the file as actors, and couples within `known`, the keys of the people of the other seeds. Answers rows:
 * the article, each person once with every stated birth, each statement once.
 */
export function marriageSeed(text: string, known: ReadonlySet<string>): object[] {
  const lines = soundLines(text);
  const actors = new Set(lines.map(({ rows }) => (rows[0] as Person).key));
  const groups = groupsOf(lines.map(marriageOf));
  const wanted = ({ a, b }: Marriage) =>
    (groups.get(a)?.length ?? 0) >= LARGE_GROUP || (actors.has(a) && actors.has(b)) || (known.has(a) && known.has(b));
  const chosen = lines.filter((line) => wanted(marriageOf(line)));
  const people = groupBy(
    chosen.flatMap(({ rows }) => rows.slice(0, 2) as Person[]),
    ({ key }) => key,
  );
  return [
    ARTICLE,
    ...[...people.values()].map((rows) => personRow(rows, new Set([...actors, ...known]))),
    ...distinct(chosen.map(marriageOf).map(marriageRow), withoutQuotes),
  ];
}

/** Key of a person of the seeds by name. */
export function seedKey(name: string): string {
  return `seed:${slugOf(name)}`;
}

/** The lines that a load would take. */
function soundLines(text: string): Line[] {
  const [article, ...lines] = parseLines([
    { line: 1, rows: [ARTICLE] },
    ...marriageRows(text, { keyOf: seedKey, article: ARTICLE.key }),
  ]);
  const world = new World();
  const isSound = (line: Line) =>
    planLine(world, line, { accept: true, visibility: 'LIMITED', adults: false }).problems.every(
      ({ leaves }) => leaves === 'CELL',
    );
  return article && isSound(article) ? lines.filter(isSound) : [];
}

const marriageOf = ({ rows }: Line) => rows[2] as Marriage;

/** Everybody's group: all who are joined to them by a row of marriages. */
function groupsOf(marriages: readonly Marriage[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { a, b } of marriages) {
    const [one, other] = [groups.get(a) ?? [a], groups.get(b) ?? [b]];
    if (one === other) continue;
    const joined = [...one, ...other];
    for (const key of joined) groups.set(key, joined);
  }
  return groups;
}

function personRow(rows: readonly Person[], famous: ReadonlySet<string>): object {
  const [{ key, name }] = rows as [Person];
  const births = rows.flatMap(({ claims }) => claims);
  const isHistoric = births.some(({ value }) => 'date' in value && boundsOfDateValue(value.date).max < HISTORIC);
  const isPublic = famous.has(key) || isHistoric || KNOWN_BY_OWN_WORK.has(name);
  const visibility = isPublic ? 'PUBLIC' : 'LIMITED';
  return { row: 'person', key, name, visibility, claims: distinct(births.map(claimOf), withoutQuotes) };
}

function marriageRow({ row, kind, type, a, b, claims }: Marriage): object {
  const [one, other] = a < b ? [a, b] : [b, a];
  return { row, kind, type, a: one, b: other, claims: claims.map(claimOf) };
}

function claimOf({ field, value, cite }: RowClaim): object {
  return { field, value: 'date' in value ? { ...value, date: value.date.edtf } : value, cite: cite[0] };
}

/** A statement without its quote: repeated and mirrored records say the same in other words. */
const withoutQuotes = (item: object) => canonical(item).replace(/"quote":"(?:[^"\\]|\\.)*"/g, '');

function distinct(items: readonly object[], keyOf: (item: object) => string): object[] {
  return [...groupBy(items, keyOf).values()].flatMap(([first]) => first ?? []);
}
