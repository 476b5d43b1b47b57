import type { Concerns } from '../domain/concern.js';
import { claimDerived } from '../domain/derived.js';
import type { CitedClaim, FoundContradiction, Standing } from '../domain/evidence.js';
import { notesOf } from '../domain/projection.js';
import type { Claim } from '../domain/records.js';
import type { Transaction } from '../graph/graph.js';
import { saveConcerns, saveDerived } from './derived.js';
import type { StoredEvidence } from './evidence.js';

/** What the projection of a person, event or relationship says of its claims. */
export interface SubjectClaims<C extends CitedClaim = StoredEvidence> {
  claims: readonly C[];
  /** What the claims are about: the subject, of a relationship also its periods. */
  subjects: readonly string[];
  /** Everybody whom the subject is about. */
  people: readonly string[];
  concernsOf: (cited: C) => Concerns;
  standingOf: (claim: Claim) => Standing;
  found: readonly FoundContradiction[];
}

/** Writes what is derived beside the claims of some subjects: their notes and `CONCERNS` edges. */
export async function saveClaims(transaction: Transaction, subjects: readonly SubjectClaims[]): Promise<void> {
  const nodes = subjects.flatMap(({ claims, standingOf, concernsOf }) => {
    const notes = new Map(notesOf(claims).map((note) => [note.id, note]));
    return claims.flatMap((cited) => {
      const { claim, props, waiting } = cited;
      const note = notes.get(claim.id);
      if (note === undefined) return [];
      const derived = claimDerived(claim, standingOf(claim), note, waiting, concernsOf(cited));
      return [{ type: 'Claim' as const, id: claim.id, stored: props, derived }];
    });
  });
  await saveDerived(transaction, nodes);
  await saveConcerns(
    transaction,
    subjects.flatMap(({ claims, concernsOf }) =>
      claims.map((cited) => ({
        ...{ claim: cited.claim.id, now: cited.concerns },
        people: concernsOf(cited).people,
      })),
    ),
  );
}
