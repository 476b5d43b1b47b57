import { type AnyRecord, type Applied, applyEdits, type EditInput } from '../domain/change.js';
import { groupBy } from '../domain/group.js';
import type { Citation, Claim } from '../domain/records.js';
import { isSupported, refused } from '../domain/rules.js';
import type { Reads, Row } from '../graph/graph.js';
import { storedOf } from './load.js';

const CITATIONS =
  '/* citationsNow */ UNWIND $ids AS id MATCH (c:Claim {id: id})-[:HAS]->(t:Citation) RETURN t {.*} AS props';

/** The verdict note of a claim that lost its last accepted citation. */
export const UNSUPPORTED = 'unsupported';

/**
 * Applies edits to the records as they are; a claim whose last accepted citation goes becomes PROPOSED in the same change.
 * @throws AppError REFUSED (UNSUPPORTED) where the edits themselves accept a claim that has no accepted citation.
 */
export async function applySupported(
  graph: Reads,
  edits: readonly EditInput[],
  current: ReadonlyMap<string, AnyRecord>,
): Promise<Applied[]> {
  const applied = applyEdits(edits, current);
  const changed = new Map(applied.map((each) => [each.edit.recordId, each]));
  const claims = new Set(applied.flatMap(claimsIn));
  const citations = await citationsAfter(
    graph,
    [...claims].filter((id) => current.has(id)),
    applied,
  );
  const demoted = [...claims].flatMap((id): EditInput[] => {
    const edit = changed.get(id);
    const claim = (edit ? edit.after : (current.get(id) ?? null)) as Claim | null;
    if (claim === null || isSupported(claim, citations.get(id) ?? [])) return [];
    if (edit?.edit.after?.verdict === 'ACCEPTED') {
      throw refused('UNSUPPORTED', `${id} is accepted without an accepted citation`, {
        field: 'Claim.verdict',
        record: id,
      });
    }
    return [{ type: 'Claim', id, set: { verdict: 'PROPOSED', verdictNote: UNSUPPORTED } }];
  });
  return demoted.length === 0 ? applied : applyEdits([...edits, ...demoted], current);
}

function claimsIn({ edit, before, after }: Applied): string[] {
  if (edit.type === 'Claim') return [edit.recordId];
  if (edit.type !== 'Citation') return [];
  return [before, after].flatMap((record) => (record === null ? [] : [(record as Citation).claim]));
}

/** All citations that these claims have once the edits are applied; claims that are new bring theirs along. */
async function citationsAfter(
  graph: Reads,
  stored: readonly string[],
  applied: readonly Applied[],
): Promise<Map<string, Citation[]>> {
  const rows = stored.length === 0 ? [] : await graph.read(CITATIONS, { ids: [...stored] });
  const all = new Map(
    rows
      .map(({ props }) => storedOf<'Citation'>('Citation', props as Row).record)
      .map((citation) => [citation.id, citation]),
  );
  for (const { edit, after } of applied) {
    if (edit.type !== 'Citation') continue;
    if (after === null) all.delete(edit.recordId);
    else all.set(edit.recordId, after as Citation);
  }
  return groupBy(all.values(), ({ claim }) => claim);
}
