import { typeOfId } from '../domain/records.js';
import type { Context } from './context.js';
import { findEvent } from './event.js';
import type { NodeSource } from './node.js';
import { findPeriod } from './period.js';
import { findPerson } from './person.js';
import { findRelationship } from './relationship.js';

/** How each type of record that claims are about is found by its id. */
export const SUBJECTS = {
  Person: findPerson,
  Relationship: findRelationship,
  Period: findPeriod,
  Event: findEvent,
};

/** What a claim or a contradiction is about, as the viewer sees it; null for what is unknown or hidden. */
export async function findSubject(context: Context, id: string): Promise<NodeSource | null> {
  const type = typeOfId(id);
  return type !== null && type in SUBJECTS ? SUBJECTS[type as keyof typeof SUBJECTS](context, id) : null;
}
