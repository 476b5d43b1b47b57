import type { Standing } from '../domain/evidence.js';
import { type GateCard, type Sight, seesRecord } from '../domain/gate.js';
import { type Citation, type Claim, typeOfId } from '../domain/records.js';
import type { Waiting } from '../domain/waiting.js';
import type { Row } from '../graph/graph.js';
import { byPlace } from './page.js';
import { decode } from './records.js';

/** A claim as kept, with what the gate needs to know of its subject. */
export interface StoredClaim extends Claim {
  /** The number of the last change to it or to one of its citations. */
  revision: number;
  /** The standing of its subject. */
  standing: Standing;
  /** Independent sources: roots of its accepted citations. */
  sources: number;
  /** The more precise accepted claim that it agrees with. */
  agreesWith: string | null;
  /** What of it waits for a decision, or null. */
  waiting: Waiting | null;
  /** Everybody whom it concerns. */
  concerns: (GateCard & { id: string; needed: boolean })[];
  /** As in `Concerns`, as is `guestsOnly`. */
  anybody: boolean;
  guestsOnly: number | null;
  /** Its quotes, as far as the gate asks for them. */
  quotes: Pick<Citation, 'verdict' | 'side'>[];
  /** Its place in every list of claims: by field, value, then id. */
  sort: string;
}

/** What every statement that answers claims returns of `c`. */
export const CLAIM_CARD =
  'claim: c {.*}, quotes: [(c)-[:HAS]->(q:Citation) | q {.revision, .verdict, .side}], concerns: [(c)-[o:CONCERNS]->(x:Person) | x {.id, .gate, .floor, .adultFrom, needed: o.needed}]';

/** The claim of a row of `CLAIM_CARD`. */
export function claimOf({ claim, quotes, concerns }: Row): StoredClaim {
  const properties = claim as Row;
  return {
    ...decode('Claim', properties),
    revision: Math.max(Number(properties.revision), ...(quotes as Row[]).map(({ revision }) => Number(revision))),
    standing: Number(properties.standing) as Standing,
    sources: Number(properties.sources),
    agreesWith: (properties.agreesWith ?? null) as string | null,
    waiting: waitingIn(properties),
    concerns: (concerns as Row[]).map(cardOf),
    anybody: properties.anybody === true,
    guestsOnly: (properties.guestsOnly ?? null) as number | null,
    quotes: (quotes as Row[]).map(
      ({ verdict, side }) => ({ verdict, side: side ?? null }) as StoredClaim['quotes'][number],
    ),
    sort: String(properties.sort),
  };
}

function waitingIn({ waiting, waitingSince, waitingEvidence, waitingSources }: Row): Waiting | null {
  if (waiting !== true) return null;
  const evidence = (waitingEvidence ?? null) as Waiting['evidence'];
  return { since: Number(waitingSince), evidence, sources: Number(waitingSources) };
}

function cardOf({ id, gate, floor, adultFrom, needed }: Row): StoredClaim['concerns'][number] {
  const card = { gate: Number(gate), floor: Number(floor), adultFrom: Number(adultFrom) };
  return { id: String(id), ...card, needed: needed === true };
}

/** The claims of collected rows, in order of their places. */
export function claimsOfRows(rows: readonly Row[]): StoredClaim[] {
  return byPlace(rows).map(claimOf);
}

/** Whether a claim may be shown: the rule of `CLAIM_GATE`, for place two. */
export function seesClaim(sight: Sight, claim: StoredClaim): boolean {
  const isTold = claim.verdict === 'ACCEPTED' && (claim.standing > 0 || typeOfId(claim.subject) === 'Person');
  if (sight.level === 0 && !isTold) return false;
  const { standing, concerns, anybody } = claim;
  const seen = concerns.filter((person) => seesRecord(sight, standing, [person]));
  if (concerns.some((person) => person.needed && !seen.includes(person))) return false;
  return (!anybody || seen.some(({ needed }) => !needed)) && hearsSomebody(sight, claim, seen);
}

/** Whether somebody whom the sight sees says it, where only guests do. */
function hearsSomebody({ level }: Sight, { guestsOnly, quotes }: StoredClaim, seen: StoredClaim['concerns']): boolean {
  if (guestsOnly === null || guestsOnly < level) return true;
  const told = quotes.filter(({ verdict }) => level > 0 || verdict === 'ACCEPTED');
  return told.some(({ side }) => seen.some(({ id }) => id === side));
}
