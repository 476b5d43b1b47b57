import { claimDerived } from '../domain/derived.js';
import type { CitedClaim, FoundContradiction, Standing } from '../domain/evidence.js';
import { notesOf } from '../domain/projection.js';
import type { Claim, Resolution } from '../domain/records.js';
import type { Transaction } from '../graph/graph.js';
import { saveConcerns, saveContradictions, saveDerived, storedContradictions } from './derived.js';
import { resolutionsOn, type StoredEvidence } from './evidence.js';

/** What a subject's projection says of its claims. */
export interface SubjectClaims {
  claims: readonly StoredEvidence[];
  /** Everybody whom the subject depends on. */
  people: readonly string[];
  standingOf: (claim: Claim) => Standing;
  found: readonly FoundContradiction[];
}

/** Writes what is derived beside the claims of some subjects: their notes, `CONCERNS` edges and contradictions. */
export async function saveClaims(transaction: Transaction, subjects: readonly SubjectClaims[]): Promise<void> {
  const nodes = subjects.flatMap(({ claims, standingOf }) => {
    const notes = new Map(notesOf(claims).map((note) => [note.id, note]));
    return claims.flatMap(({ claim, props, waiting }) => {
      const note = notes.get(claim.id);
      if (note === undefined) return [];
      const derived = claimDerived(claim, standingOf(claim), note, waiting);
      return [{ type: 'Claim' as const, id: claim.id, stored: props, derived }];
    });
  });
  await saveDerived(transaction, nodes);
  const all = subjects.flatMap(({ claims, people }) => claims.map((each) => ({ ...each, people })));
  await saveConcerns(
    transaction,
    all.map(({ claim, concerns, people }) => ({ claim: claim.id, now: concerns, people })),
  );
  const found = subjects.flatMap((subject) => subject.found);
  const stored = await storedContradictions(
    transaction,
    all.map(({ claim }) => claim.id),
  );
  await saveContradictions(transaction, stored, found);
}

export function resolutionsOf(transaction: Transaction, claims: readonly StoredEvidence[]): Promise<Resolution[]> {
  return resolutionsOn(
    transaction,
    claims.map(({ claim }) => claim.id),
  );
}

/** The resolutions of any of these claims. */
export function resolutionsAmong(resolutions: readonly Resolution[], claims: readonly CitedClaim[]): Resolution[] {
  if (resolutions.length === 0) return [];
  const ids = new Set(claims.map(({ claim }) => claim.id));
  return resolutions.filter((resolution) => resolution.claims.some((id) => ids.has(id)));
}
