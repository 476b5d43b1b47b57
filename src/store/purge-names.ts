import { type Known, knownBy, type PurgedNames, purgedNames, wordings, wordsIn } from '../domain/purge-names.js';
import type { Claim, Person } from '../domain/records.js';
import type { SoughtName } from '../domain/redact.js';
import type { Reads } from '../graph/graph.js';
import { loadRecords } from './load.js';

const FAMILY =
  '/* peopleMergedInto */ MATCH (p:Person {id: $id})<-[:MERGED_INTO*0..]-(o:Person) RETURN DISTINCT o.id AS id';
const OWN_EDITS =
  '/* editsOfPeople */ UNWIND $ids AS id MATCH (e:Edit {recordId: id}) RETURN e.before AS before, e.after AS after';
const CLAIMED_NAMES = `/* claimedNames */ UNWIND $ids AS id MATCH (p:Person {id: id})<-[:TOUCHES]-(e:Edit {type: 'Claim'})
  WHERE coalesce(e.after, e.before) CONTAINS '"field":"NAME"' RETURN id, e.recordId AS claim, coalesce(e.after, e.before) AS told`;
const EVER_ACCEPTED = `/* claimsEverAccepted */ UNWIND $ids AS id MATCH (e:Edit {recordId: id})
  WHERE coalesce(e.after, e.before) CONTAINS '"verdict":"ACCEPTED"' RETURN DISTINCT id`;

/** Whoever was merged into somebody, and they themselves. */
export async function familyOf(graph: Reads, id: string): Promise<Person[]> {
  const ids = (await graph.read(FAMILY, { id })).map((row) => String(row.id));
  return [...(await loadRecords(graph, ids)).values()].map(({ record }) => record as Person);
}

/** By what these people are known, and were at any time, by themselves or by a source. */
export async function knownNamesOf(graph: Reads, family: readonly Person[]): Promise<Known> {
  const ids = family.map(({ id }) => id);
  const edits = await graph.read(OWN_EDITS, { ids });
  const past = edits.flatMap(({ before, after }) => [before, after]).flatMap((json) => fieldsIn(json));
  const known = knownBy([...family, ...past]);
  const claimed = (await graph.read(CLAIMED_NAMES, { ids })).flatMap(({ id, claim, told }) => {
    const { subject, value } = JSON.parse(String(told)) as Claim;
    return subject === id && 'text' in value ? [{ claim: String(claim), name: value.text }] : [];
  });
  const accepted = new Set(
    (await graph.read(EVER_ACCEPTED, { ids: claimed.map(({ claim }) => claim) })).map(({ id }) => String(id)),
  );
  const namesBy = (isAccepted: boolean) =>
    claimed.filter(({ claim }) => accepted.has(claim) === isAccepted).map(({ name }) => name);
  // Anybody may propose a name: whatever it is must not blacken every text.
  return {
    ...known,
    names: [...known.names, ...namesBy(true)],
    unsure: namesBy(false),
    now: [...wordings(knownBy(family)), ...namesBy(true)],
  };
}

const fieldsIn = (json: unknown): Partial<Person>[] =>
  typeof json === 'string' ? [JSON.parse(json) as Partial<Person>] : [];

/** The texts of each label that may name somebody. */
export const TEXTS = {
  Person: ['description'],
  Article: ['title', 'text', 'author', 'outlet', 'url'],
  Claim: ['value', 'verdictNote'],
  Citation: ['quote'],
  Resolution: ['note'],
  Change: ['note', 'batch'],
  Edit: ['before', 'after'],
  Takedown: ['reason', 'note'],
} as const;

const holding = (label: string, fields: readonly string[]) =>
  `MATCH (n:${label}) WHERE any(word IN $words WHERE ${fields
    .map((field) => `toLower(coalesce(n.${field}, '')) CONTAINS word`)
    .join(' OR ')}) RETURN n.id AS id`;

const NAMING = Object.fromEntries(
  Object.entries(TEXTS).map(([label, fields]) => [label, `/* naming${label} */ ${holding(label, fields)}`]),
) as Record<keyof typeof TEXTS, string>;
const CALLED = `/* peopleCalled */ ${holding('Person', ['name', 'aliases', 'slug'])}
UNION MATCH (n:Person) WHERE any(known IN n.externalIds WHERE known IN $externalIds) RETURN n.id AS id`;

/** What is looked for: words of names, and the ids of the people. */
export interface Sought {
  names: PurgedNames;
  /** In lower case. */
  words: string[];
}

/** By these names, but for those that are others' too. Reads every person. */
export async function soughtOf(
  graph: Reads,
  known: Known,
  spellings: readonly string[],
  family: readonly Person[],
): Promise<Sought> {
  const spelled = [...known.names, ...known.externalIds, ...spellings];
  const wordsOf = (names: readonly SoughtName[]) => (names.length > 0 ? wordsIn(names, spelled) : []);
  const { externalIds } = known;
  const words = wordsOf(purgedNames(known, spellings).near);
  const called = (await graph.read(CALLED, { words, externalIds: [...externalIds] })).map(({ id }) => String(id));
  const people = [...(await loadRecords(graph, called)).values()].map(({ record }) => record as Person);
  const others = people.filter(({ id }) => !family.some((one) => one.id === id));
  const names = purgedNames(known, spellings, others);
  return { names, words: [...wordsOf(names.everywhere), ...family.map(({ id }) => id.toLowerCase())] };
}

/** The ids of what may name them: it holds a word of a name, or an id. Reads every node of the label. */
export async function naming(graph: Reads, label: keyof typeof TEXTS, { words }: Sought): Promise<string[]> {
  return (await graph.read(NAMING[label], { words })).map(({ id }) => String(id));
}
