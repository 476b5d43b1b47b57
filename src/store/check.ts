import type { AnyRecord, Applied } from '../domain/change.js';
import { checkClaim } from '../domain/claim.js';
import { isHidden } from '../domain/gate.js';
import type { Lookup } from '../domain/lookup.js';
import { dayOfArticle } from '../domain/partial-date.js';
import { type Article, type Citation, type Person, type RecordOf, typeOfId } from '../domain/records.js';
import { checkOrderWithinSources, checkRecord, refused } from '../domain/rules.js';
import type { RecordType } from '../domain/words.js';
import { aboutRecord, forField } from '../errors.js';
import type { Reads, Row } from '../graph/graph.js';
import { byType, loadRecords, storedOf } from './load.js';

/** Checks every rule on the records that a change leaves behind. */
export function checkApplied(applied: readonly Applied[], lookup: Lookup): void {
  for (const { edit, before, after } of applied) {
    if (before !== null && 'visibility' in before && before.visibility === 'PURGED')
      throw refused('PURGED', `${edit.recordId} is nobody any more`, { record: edit.recordId });
    if (after !== null) aboutRecord(edit.recordId, () => checkRecord(edit.type, after as RecordOf[RecordType], lookup));
  }
  const citations = applied.flatMap(({ edit, after }) =>
    edit.type === 'Citation' && after !== null ? [after as Citation] : [],
  );
  checkOrderWithinSources(
    citations.flatMap(({ claim, article }) => {
      const cited = lookup.get('Claim', claim);
      return cited === null ? [] : [{ claim: cited, article }];
    }),
  );
}

const CYCLES =
  '/* articlesBasedOnThemselves */ UNWIND $ids AS id MATCH (a:Article {id: id})-[:BASED_ON*1..]->(b:Article {id: id}) RETURN DISTINCT id';

/** No article is based on itself, however far around. Runs after the edges are drawn. */
export async function checkCycles(graph: Reads, applied: readonly Applied[]): Promise<void> {
  const ids = applied
    .filter(
      ({ edit, after }) => edit.type === 'Article' && after !== null && edit.after !== null && 'basedOn' in edit.after,
    )
    .map(({ edit }) => edit.recordId);
  if (ids.length === 0) return;
  const [cycle] = await graph.read(CYCLES, { ids });
  if (cycle === undefined) return;
  aboutRecord(String(cycle.id), () => {
    throw refused('CYCLE', `${cycle.id} would be based on itself`, { field: 'Article.basedOn' });
  });
}

const CITED = `/* claimsCitedIn */ UNWIND $ids AS id MATCH (a:Article {id: id})<-[:\`IN\`]-(:Citation)<-[:HAS]-(c:Claim)
  RETURN DISTINCT id AS article, c {.*} AS props`;

/** What an article is cited for still fits when its day moves: nothing that it tells lies in its future. */
export async function checkCited(graph: Reads, applied: readonly Applied[]): Promise<void> {
  const moved = applied.filter(
    ({ edit, before, after }) =>
      edit.type === 'Article' &&
      before !== null &&
      after !== null &&
      DAY_FIELDS.some((field) => field in (edit.after ?? {})),
  );
  if (moved.length === 0) return;
  const articles = new Map(moved.map((each) => [each.edit.recordId, each]));
  for (const { article, props } of await graph.read(CITED, { ids: [...articles.keys()] })) {
    const claim = storedOf<'Claim'>('Claim', props as Row).record;
    const { edit, after } = articles.get(String(article)) as Applied;
    const field = DAY_FIELDS.find((each) => each in (edit.after ?? {}));
    aboutRecord(String(article), () =>
      forField(`Article.${field}`, () =>
        checkClaim(claim, typeOfId(claim.subject) as RecordType, [dayOfArticle(after as Article)]),
      ),
    );
  }
}

const DAY_FIELDS = ['published', 'retrieved', 'kind'];

const QUOTED = `/* quotedWithoutHavingBeenThere */ UNWIND $ids AS id MATCH (e:Event {id: id})<-[:ABOUT]-(:Claim)-[:HAS]->(i:Citation)-[:SPEAKS_FOR]->(p:Person)
  WHERE COUNT { MATCH (p)-[:TOOK_PART]->(e) } = 0 RETURN e.id AS event, p.id AS person, i.id AS citation ORDER BY citation LIMIT 1`;

/** Whoever leaves an event is not quoted about it as one who took part. Runs after the edges are drawn. */
export async function checkSpeakers(graph: Reads, applied: readonly Applied[]): Promise<void> {
  const ids = applied
    .filter(({ edit, before, after }) => before !== null && after !== null && 'participants' in (edit.after ?? {}))
    .map(({ edit }) => edit.recordId);
  if (ids.length === 0) return;
  const [quoted] = await graph.read(QUOTED, { ids });
  if (quoted === undefined) return;
  const { event, person, citation } = quoted;
  aboutRecord(String(event), () => {
    const details = { field: 'Event.participants', person, citation };
    throw refused('SIDE', `${citation} speaks for ${person} as one who took part in ${event}`, details);
  });
}

/** Per type, a statement for what still refers to a record that is to be removed. */
const DEPENDENTS: Partial<Record<RecordType, string>> = {
  Person: `UNWIND $ids AS id MATCH (n:Person {id: id}) RETURN id, [(n)-[:PARTY_TO]->(r:Relationship) | r.id] + [(n)-[:TOOK_PART]->(e:Event) | e.id]
    + [(n)<-[:ABOUT]-(c:Claim) | c.id] + [(n)<-[:MENTIONS]-(a:Article) | a.id] + [(n)<-[:SPEAKS_FOR]-(t:Citation) | t.id]
    + [(n)<-[:MERGED_INTO]-(m:Person) | m.id] + [(n)<-[:NOT_SAME_AS]-(o:Person) | o.id] AS dependents`,
  Relationship: `UNWIND $ids AS id MATCH (n:Relationship {id: id})
    RETURN id, [(n)-[:HAS_PERIOD]->(d:Period) | d.id] + [(n)<-[:ABOUT]-(c:Claim) | c.id] + [(n)<-[:MERGED_INTO]-(m:Relationship) | m.id] AS dependents`,
  Period:
    'UNWIND $ids AS id MATCH (n:Period {id: id}) RETURN id, [(n)<-[:ABOUT]-(c:Claim) | c.id] + [(n)<-[:MERGED_INTO]-(m:Period) | m.id] AS dependents',
  Event: `UNWIND $ids AS id MATCH (n:Event {id: id}) RETURN id, [(n)<-[:ABOUT]-(c:Claim) | c.id] + [(n)<-[:STARTED_BY]-(d:Period) | d.id]
    + [(n)<-[:ENDED_BY]-(f:Period) | f.id] + [(n)<-[:MERGED_INTO]-(m:Event) | m.id] AS dependents`,
  Article:
    'UNWIND $ids AS id MATCH (n:Article {id: id}) RETURN id, [(n)<-[:`IN`]-(t:Citation) | t.id] + [(n)<-[:BASED_ON]-(a:Article) | a.id] + [(n)<-[:MERGED_INTO]-(m:Article) | m.id] AS dependents',
  Claim:
    'UNWIND $ids AS id MATCH (n:Claim {id: id}) RETURN id, [(n)-[:HAS]->(t:Citation) | t.id] + [(n)<-[:ON]-(r:Resolution) | r.id] AS dependents',
};

/** Who refers to each of these records now; records to which nobody does are left out. One statement a type. */
export async function dependentsOf(graph: Reads, ids: readonly string[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const [type, some] of byType(ids)) {
    const statement = DEPENDENTS[type];
    if (statement === undefined) continue;
    for (const { id, dependents } of await graph.read(`/* dependentsOf${type} */ ${statement}`, { ids: some })) {
      if ((dependents as string[]).length > 0) found.set(String(id), dependents as string[]);
    }
  }
  return found;
}

/** Whatever refers to these records, however far. */
export async function allDependentsOf(graph: Reads, ids: readonly string[]): Promise<string[]> {
  const found = new Set(ids);
  for (let next = [...ids]; next.length > 0; ) {
    const dependents = new Set([...(await dependentsOf(graph, next)).values()].flat());
    next = [...dependents].filter((id) => !found.has(id));
    for (const id of next) found.add(id);
  }
  return [...found].slice(ids.length);
}

/** A record goes only when nothing refers to it any more, but for what goes or lets go in the same change. */
export async function checkDependents(graph: Reads, applied: readonly Applied[]): Promise<void> {
  const removed = applied.filter(({ after }) => after === null).map(({ edit }) => edit.recordId);
  if (removed.length === 0) return;
  const edited = new Set(applied.map(({ edit }) => edit.recordId));
  for (const [id, dependents] of await dependentsOf(graph, removed)) {
    const left = dependents.filter((dependent) => !edited.has(dependent));
    if (left.length > 0) {
      const details = { record: id, dependents: left.slice(0, 20) };
      throw refused('DEPENDENTS', `${left[0]} and others still refer to ${id}`, details);
    }
  }
}

/**
 * What becomes a pointer leaves nothing behind that is alive, also where it is an undo that merges again; and who is hidden becomes
 * nobody who isn't, nor the other way round.
 */
export async function checkPointers(graph: Reads, applied: readonly Applied[], lookup: Lookup): Promise<void> {
  const pointers = applied.filter(({ before, after }) => isPointer(after) && !isPointer(before));
  if (pointers.length === 0) return;
  for (const { after } of pointers) if (after !== null && 'visibility' in after) checkHiddenAlike(after, lookup);
  const edited = new Set(applied.map(({ edit }) => edit.recordId));
  const ids = pointers.map(({ edit }) => edit.recordId);
  for (const [record, dependents] of await dependentsOf(graph, ids)) {
    const others = await loadRecords(
      graph,
      dependents.filter((id) => !edited.has(id)),
    );
    // Which they are is not said: whoever orders it may not know of them.
    if ([...others.values()].some((other) => !isPointer(other.record)))
      throw refused('MERGED', `Others still refer to ${record}: merge the two anew`, { record });
  }
}

const isPointer = (record: AnyRecord | null) => record !== null && 'mergedInto' in record && record.mergedInto !== null;

function checkHiddenAlike({ id, visibility, mergedInto }: Person, lookup: Lookup): void {
  const survivor = mergedInto === null ? null : lookup.get('Person', mergedInto);
  if (survivor === null || isHidden(visibility) === isHidden(survivor.visibility)) return;
  throw refused('VISIBILITY', `Of ${id} and ${survivor.id} one is hidden and the other is not`, { record: id });
}
