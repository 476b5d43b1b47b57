import { canonical } from '../domain/canonical.js';
import type { Applied } from '../domain/change.js';
import { type Link, linksOf, POINTER_DERIVED, periodDerived, relationshipDerived } from '../domain/derived.js';
import type { ProjectedRelationship } from '../domain/evidence.js';
import { projectRelationship } from '../domain/projection.js';
import type { Claim } from '../domain/records.js';
import type { Transaction } from '../graph/graph.js';
import { resolutionsAmong, resolutionsOf, type SubjectClaims, saveClaims } from './derive-claims.js';
import { type DerivedNode, saveDerived, saveLinks } from './derived.js';
import { evidenceOf, relationshipsWithLives, type StoredEvidence, type StoredRelationship } from './evidence.js';
import type { Stored } from './load.js';

/** Derives relationships with their periods, links, claims and contradictions; answers the parties of all of them. */
export async function deriveRelationships(
  transaction: Transaction,
  ids: ReadonlySet<string>,
  stored: ReadonlyMap<string, Stored>,
  applied: readonly Applied[],
): Promise<string[]> {
  const all = await relationshipsWithLives(transaction, [...ids]);
  const subjects = all.flatMap(({ stored: own, periods }) => [
    own.record.id,
    ...periods.map(({ period }) => period.id),
  ]);
  const evidence = await evidenceOf(transaction, subjects);
  const resolutions = await resolutionsOf(transaction, [...evidence.values()].flat());
  const derived = all.map((each) => deriveOne(each, evidence, (claims) => resolutionsAmong(resolutions, claims)));

  await saveLinks(
    transaction,
    [...derived.flatMap(({ erased }) => erased), ...goneLinks(applied, stored)],
    derived.flatMap(({ drawn }) => drawn),
  );
  await saveDerived(
    transaction,
    derived.flatMap(({ nodes }) => nodes),
  );
  await saveClaims(
    transaction,
    derived.flatMap((each) => each.subjects),
  );
  return all.flatMap(({ stored: { record } }) => [record.a, record.b]);
}

/** The links that removed periods leave behind. */
function goneLinks(applied: readonly Applied[], stored: ReadonlyMap<string, Stored>): Link[] {
  const removed = applied.filter(({ edit, after }) => edit.type === 'Period' && after === null);
  return removed.flatMap(({ edit }) => linkIn(stored.get(edit.recordId)?.props.linked));
}

/** The link that a period's node says it has drawn. */
function linkIn(linked: unknown): Link[] {
  return typeof linked === 'string' ? [JSON.parse(linked) as Link] : [];
}

interface DerivedRelationship {
  nodes: DerivedNode[];
  erased: Link[];
  drawn: Link[];
  subjects: SubjectClaims[];
}

function deriveOne(
  { stored, lives, periods, reconciliations }: StoredRelationship,
  evidence: ReadonlyMap<string, StoredEvidence[]>,
  resolutionsFor: (claims: readonly StoredEvidence[]) => ReturnType<typeof resolutionsAmong>,
): DerivedRelationship {
  const relationship = stored.record;
  const claimsOf = (id: string) => evidence.get(id) ?? [];
  const alive = relationship.mergedInto === null ? periods.filter(({ period }) => period.mergedInto === null) : [];
  const own = claimsOf(relationship.id);
  const claims = [...own, ...alive.flatMap(({ period }) => claimsOf(period.id))];
  const projected = projectRelationship({
    relationship,
    lives,
    claims: own,
    periods: alive.map(({ period, startedBy, endedBy }) => ({
      period,
      startedBy,
      endedBy,
      claims: claimsOf(period.id),
    })),
    reconciliations,
    resolutions: resolutionsFor(claims),
  });
  const links = new Map(
    linksOf(
      relationship,
      alive.map(({ period }) => period),
      projected,
    ).map((link) => [link.props.periodId, link]),
  );
  const nodes = nodesOf(stored, periods, projected, links);
  const changed = periods.filter(({ period, props }) => (props.linked ?? null) !== textOf(links.get(period.id)));
  return {
    nodes,
    erased: changed.flatMap(({ props }) => linkIn(props.linked)),
    drawn: changed.flatMap(({ period }) => links.get(period.id) ?? []),
    subjects: [
      {
        claims,
        people: [relationship.a, relationship.b],
        standingOf: (claim: Claim) => standingOf(claim, projected),
        found: projected.contradictions,
      },
    ],
  };
}

const textOf = (link: Link | undefined): string | null => (link === undefined ? null : canonical(link));

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
      const { pairKey: _, ...pointer } = POINTER_DERIVED;
      const derived = shown === undefined ? pointer : periodDerived(shown);
      return {
        type: 'Period',
        id: period.id,
        stored: own,
        derived: { ...derived, linked: textOf(links.get(period.id)) },
      };
    }),
  ];
}

function standingOf(claim: Claim, projected: ProjectedRelationship) {
  return projected.periods.find(({ id }) => id === claim.subject)?.standing ?? projected.standing;
}
