import { concernsAll } from '../domain/concern.js';
import { personDerived } from '../domain/derived.js';
import type { ProjectedPerson, Standing } from '../domain/evidence.js';
import { projectPerson } from '../domain/projection.js';
import type { Claim } from '../domain/records.js';
import type { Transaction } from '../graph/graph.js';
import { answeredFor } from './answered.js';
import { type SubjectClaims, saveClaims } from './derive-claims.js';
import { type DerivedNode, differs, saveDerived } from './derived.js';
import { evidenceOf } from './evidence.js';
import { loadRecords, type Stored } from './load.js';
import { eventsOfPeople, relationshipsOfPeople, type Touched } from './touched.js';

/** Derives people, and adds the relationships and events of those whose birth or death moved, or stands on other claims. */
export async function derivePeople(transaction: Transaction, touched: Touched): Promise<SubjectClaims[]> {
  if (touched.people.size === 0) return [];
  const people = [...(await loadRecords(transaction, touched.people)).values()] as Stored<'Person'>[];
  const evidence = await evidenceOf(transaction, touched.people);
  const answered = await answeredFor(transaction, [...evidence.values()].flat());
  const projected = people.map(({ record, props }) => {
    const claims = evidence.get(record.id) ?? [];
    const shown = projectPerson({ id: record.id, claims, ...answered(claims) });
    return { record, props, claims, shown, derived: personDerived(record, shown) };
  });
  const lifeMoved = projected.filter(({ props, derived }) => differs(props, pick(derived, LIFE)));
  const known = lifeMoved.filter(({ props }) => props.folded !== undefined && props.folded !== null);
  const moved = known.map(({ record }) => record.id);
  for (const id of await relationshipsOfPeople(transaction, moved)) touched.relationships.add(id);
  for (const id of await eventsOfPeople(transaction, moved)) touched.events.add(id);
  await saveDerived(
    transaction,
    projected.map(({ record, props, derived }) => ({ type: 'Person', id: record.id, stored: props, derived })),
  );
  const subjects = projected.map(({ record, claims, shown }) => ({
    claims,
    subjects: [record.id],
    people: [record.id],
    concernsOf: () => concernsAll([record.id]),
    standingOf: (claim: Claim) => standingOfPersonClaim(claim, shown),
    found: shown.contradictions,
  }));
  await saveClaims(transaction, subjects);
  return subjects;
}

const LIFE = ['life'];
const pick = (row: DerivedNode['derived'], keys: readonly string[]) =>
  Object.fromEntries(keys.map((key) => [key, row[key] ?? null]));

/** What a claim about a person says of them shows at the standing of its field. */
export function standingOfPersonClaim(claim: Claim, { birth, death, names, occupations }: ProjectedPerson): Standing {
  if (claim.field === 'BIRTH') return birth.standing;
  if (claim.field === 'DEATH') return death.standing;
  const texts = claim.field === 'NAME' ? names : occupations;
  return texts.find(({ text }) => 'text' in claim.value && claim.value.text === text)?.standing ?? 0;
}
