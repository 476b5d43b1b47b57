import { UNBOUNDED } from '../domain/day.js';
import type { Interval } from '../domain/evidence.js';
import type { Sight } from '../domain/gate.js';
import { fold } from '../domain/names.js';
import type { Params, Reads, Row } from '../graph/graph.js';
import { gateParams, LINK_GATE, PERSON_GATE } from './gate.js';
import { distinct, FIRST_PLACE, LAST_PLACE, type Page, type SortCursor } from './page.js';
import { personOf, type StoredPerson } from './person.js';

/** By name, or by birth and then name; people of whom nobody tells a birth come last both ways. */
export type PeopleOrder = 'NAME_ASC' | 'NAME_DESC' | 'BIRTH_ASC' | 'BIRTH_DESC';

/** Which people a list takes, of what is shown of them; null and what is left out take all. */
export interface PeopleFilter {
  ids: readonly string[] | null;
  /** As `fold` compares. */
  occupation?: string | null;
  /** Born, or possibly born, in these days. Whoever's birth nobody tells never is. */
  born?: Interval | null;
  /** Of `born`; POSSIBLE unless told. */
  certainty?: 'CERTAIN' | 'POSSIBLE';
  /** Known under an id of this collection. */
  externalSource?: string | null;
  /** Whether they have a romance that is REPORTED or better, with somebody whom the sight sees. */
  withPartners?: boolean | null;
  /** Whether accounts of their birth or death differ. */
  contested?: boolean | null;
}

/** A page of people; by name unless told. */
export interface PeopleArgs extends Page<SortCursor> {
  orderBy?: PeopleOrder;
}

export interface ListedPerson extends StoredPerson {
  /** Its place in the list that found it. */
  cursor: SortCursor;
}

/** Whether anybody tells the birth of `p`. */
const BORN = `(p.bornMin > -${UNBOUNDED} OR p.bornMax < ${UNBOUNDED})`;

/** `born` puts what nothing dates last; going down, that takes a place below every digit. */
const PLACE: Record<PeopleOrder, string> = {
  NAME_ASC: 'p.sort',
  NAME_DESC: 'p.sort',
  BIRTH_ASC: 'p.born',
  BIRTH_DESC: `CASE WHEN ${BORN} THEN p.born ELSE '!' + p.sort END`,
};

const isDescending = (order: PeopleOrder) => order === 'NAME_DESC' || order === 'BIRTH_DESC';

/** Everybody, or some by their ids. */
const FROM = {
  all: 'MATCH (p:Person)',
  some: 'UNWIND $ids AS id MATCH (p:Person {id: id})',
};

/** A statement that asks for partners counts them for each person it looks at; the others don't pay for that. */
const BY_PARTNERS = {
  either: 'true',
  with: `COUNT { MATCH (p)-[l:LINKED]-(q) WHERE l.kind = 'ROMANTIC' AND ${LINK_GATE} } > 0`,
  without: `COUNT { MATCH (p)-[l:LINKED]-(q) WHERE l.kind = 'ROMANTIC' AND ${LINK_GATE} } = 0`,
};

type From = keyof typeof FROM;
type ByPartners = keyof typeof BY_PARTNERS;

const filter = (partners: ByPartners) => `${PERSON_GATE}
  AND ($whatever OR p.occupied CONTAINS $occupation)
  AND ($whenever OR (${BORN} AND p.bornMin <= $to AND p.bornMax >= $from AND (NOT $certainly OR (p.bornMin >= $from AND p.bornMax <= $to))))
  AND ($wherever OR any(known IN p.externalIds WHERE known STARTS WITH $source))
  AND ($anyway OR p.contested = $contested)
  AND ${BY_PARTNERS[partners]}`;

const page = (order: PeopleOrder, from: From, partners: ByPartners) => `/* peoplePage */ ${FROM[from]}
WHERE ${PLACE[order]} ${isDescending(order) ? '<' : '>'} $after AND ${filter(partners)}
WITH p ORDER BY ${PLACE[order]}${isDescending(order) ? ' DESC' : ''} LIMIT $first
RETURN p {.*} AS person, ${PLACE[order]} AS place`;

const count = (from: From, partners: ByPartners) => `/* countPeople */ ${FROM[from]} WHERE ${filter(partners)}
RETURN count(p) AS found`;

/** The people whom this sight sees and the filter takes. */
export async function peoplePage(
  graph: Reads,
  args: PeopleArgs,
  filter: PeopleFilter,
  sight: Sight,
): Promise<ListedPerson[]> {
  const { first, after, orderBy = 'NAME_ASC' } = args;
  if (first < 1 || filter.ids?.length === 0) return [];
  const start = isDescending(orderBy) ? LAST_PLACE : FIRST_PLACE;
  const statement = page(orderBy, fromOf(filter), partnersOf(filter));
  const rows = await graph.read(statement, { ...paramsOf(filter, sight), first, after: after?.sort ?? start });
  return rows.map(({ person, place }) => ({ ...personOf(person as Row), cursor: { sort: String(place) } }));
}

/** How many people `peoplePage` would list. */
export async function countPeople(graph: Reads, filter: PeopleFilter, sight: Sight): Promise<number> {
  if (filter.ids?.length === 0) return 0;
  const [row] = await graph.read(count(fromOf(filter), partnersOf(filter)), paramsOf(filter, sight));
  return Number(row?.found ?? 0);
}

const fromOf = ({ ids }: PeopleFilter): From => (ids === null ? 'all' : 'some');

function partnersOf({ withPartners = null }: PeopleFilter): ByPartners {
  if (withPartners === null) return 'either';
  return withPartners ? 'with' : 'without';
}

/** Links count at REPORTED and above. */
const LEAST_STANDING = 2;

function paramsOf(filter: PeopleFilter, sight: Sight): Params {
  const { ids, occupation = null, born = null, certainty, externalSource = null, contested = null } = filter;
  return {
    ...gateParams(sight, LEAST_STANDING),
    ids: distinct(ids ?? []),
    whatever: occupation === null,
    occupation: `|${fold(occupation ?? '')}|`,
    whenever: born === null,
    from: born?.min ?? 0,
    to: born?.max ?? 0,
    certainly: certainty === 'CERTAIN',
    wherever: externalSource === null,
    source: `${externalSource ?? ''}:`,
    anyway: contested === null,
    contested: contested ?? false,
  };
}
