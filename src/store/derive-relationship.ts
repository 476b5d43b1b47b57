import type { Answered } from '../domain/answered.js';
import { canonical } from '../domain/canonical.js';
import type { Applied } from '../domain/change.js';
import { concernsAll } from '../domain/concern.js';
import { type Link, linksOf, POINTER_DERIVED, periodDerived, relationshipDerived } from '../domain/derived.js';
import type { CitedClaim, ProjectedRelationship, RelationshipEvidence } from '../domain/evidence.js';
import { type Marriage, marriagesOf } from '../domain/marriage-overlap.js';
import { projectRelationship } from '../domain/projection.js';
import type { Transaction } from '../graph/graph.js';
import { answeredFor } from './answered.js';
import { type SubjectClaims, saveClaims } from './derive-claims.js';
import { type DerivedNode, saveDerived, saveLinks } from './derived.js';
import { evidenceOf, relationshipsWithLives, type StoredEvidence, type StoredRelationship } from './evidence.js';
import type { Stored } from './load.js';

/** Derives relationships with their periods, links and claims; answers what follows for these, and the nodes of each. */
export async function deriveRelationships(
  transaction: Transaction,
  ids: ReadonlySet<string>,
  stored: ReadonlyMap<string, Stored>,
  applied: readonly Applied[],
): Promise<DerivedRelationship<StoredEvidence>[]> {
  const all = await relationshipsWithLives(transaction, [...ids]);
  const subjects = all.flatMap(({ stored: own, periods }) => [
    own.record.id,
    ...periods.map(({ period }) => period.id),
  ]);
  const evidence = await evidenceOf(transaction, subjects);
  const answered = await answeredFor(transaction, [...evidence.values()].flat());
  const projected = all.map((each) => projectStored(each, evidence, answered));

  const relinked = projected
    .flatMap(({ nodes }) => nodes)
    .filter(({ stored: was, derived }) => linked(was) !== linked(derived));
  await saveLinks(
    transaction,
    [...relinked.flatMap(({ stored: was }) => linkIn(was)), ...goneLinks(applied, stored)],
    relinked.flatMap(({ derived }) => linkIn(derived)),
  );
  await saveDerived(
    transaction,
    projected.flatMap(({ nodes }) => nodes),
  );
  await saveClaims(transaction, projected);
  return projected;
}

/** The links that removed periods leave behind. */
function goneLinks(applied: readonly Applied[], stored: ReadonlyMap<string, Stored>): Link[] {
  const removed = applied.filter(({ edit, after }) => edit.type === 'Period' && after === null);
  return removed.flatMap(({ edit }) => linkIn(stored.get(edit.recordId)?.props ?? {}));
}

/** A period's node keeps the link that it has drawn as canonical JSON, so that a commit sees at once whether it still holds. */
const linked = (node: { linked?: unknown }): string | null => (typeof node.linked === 'string' ? node.linked : null);

function linkIn(node: { linked?: unknown }): Link[] {
  const text = linked(node);
  return text === null ? [] : [JSON.parse(text) as Link];
}

/** A relationship as it follows from its evidence. */
export interface DerivedRelationship<C extends CitedClaim> extends SubjectClaims<C> {
  /** The relationship and all its periods, pointers included. */
  nodes: DerivedNode[];
  links: Link[];
  /** Its established marriages. */
  marriages: Marriage[];
}

/** What the projection of a stored relationship takes, with all its claims; periods that were merged away take no part. Pure. */
export function relationshipEvidence<C extends CitedClaim>(
  { stored, lives, periods, reconciliations }: StoredRelationship,
  evidence: ReadonlyMap<string, readonly C[]>,
  answered: (claims: readonly C[]) => Answered,
): { evidence: RelationshipEvidence; claims: C[] } {
  const relationship = stored.record;
  const claimsOf = (id: string) => evidence.get(id) ?? [];
  const alive = relationship.mergedInto === null ? periods.filter(({ period }) => period.mergedInto === null) : [];
  const claims = [...claimsOf(relationship.id), ...alive.flatMap(({ period }) => claimsOf(period.id))];
  const parts = alive.map(({ period, startedBy, endedBy }) => ({
    ...{ period, startedBy, endedBy },
    claims: claimsOf(period.id),
  }));
  const own = { relationship, lives, claims: claimsOf(relationship.id), periods: parts };
  return { evidence: { ...own, reconciliations, ...answered(claims) }, claims };
}

/** Projects one relationship of its stored records and claims. Pure; a commit and `verify` share it. */
export function projectStored<C extends CitedClaim>(
  relationshipStored: StoredRelationship,
  evidence: ReadonlyMap<string, readonly C[]>,
  answered: (claims: readonly C[]) => Answered,
): DerivedRelationship<C> {
  const { stored, periods } = relationshipStored;
  const relationship = stored.record;
  const { evidence: own, claims } = relationshipEvidence(relationshipStored, evidence, answered);
  const projected = projectRelationship(own);
  const links = linksOf(
    relationship,
    own.periods.map(({ period }) => period),
    projected,
  );
  return {
    nodes: nodesOf(stored, periods, projected, new Map(links.map((link) => [link.props.periodId, link]))),
    links,
    marriages: marriagesOf(relationship.id, projected.periods),
    claims,
    subjects: [relationship.id, ...periods.map(({ period }) => period.id)],
    people: [relationship.a, relationship.b],
    concernsOf: () => concernsAll([relationship.a, relationship.b]),
    standingOf: (claim) => projected.periods.find(({ id }) => id === claim.subject)?.standing ?? projected.standing,
    found: projected.contradictions,
  };
}

function nodesOf(
  { record, props }: Stored<'Relationship'>,
  periods: StoredRelationship['periods'],
  projected: ProjectedRelationship,
  links: ReadonlyMap<string, Link>,
): DerivedNode[] {
  const byId = new Map(projected.periods.map((period) => [period.id, period]));
  const relationship = record.mergedInto === null ? relationshipDerived(record, projected) : POINTER_DERIVED;
  return [
    { type: 'Relationship', id: record.id, stored: props, derived: relationship },
    ...periods.map(({ period, props: own }): DerivedNode => {
      const shown = byId.get(period.id);
      const link = links.get(period.id);
      const { pairKey: _, ...pointer } = POINTER_DERIVED;
      const derived = shown === undefined ? pointer : periodDerived(shown);
      return {
        type: 'Period',
        id: period.id,
        stored: own,
        derived: { ...derived, linked: link === undefined ? null : canonical(link) },
      };
    }),
  ];
}
