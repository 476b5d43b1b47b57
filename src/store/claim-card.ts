import type { Standing } from '../domain/evidence.js';
import { type GateCard, type Sight, seesRecord } from '../domain/gate.js';
import { type Claim, typeOfId } from '../domain/records.js';
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
  /** Everybody whom its subject depends on. */
  concerns: (GateCard & { id: string })[];
  /** Its place in every list of claims: by field, value, then id. */
  sort: string;
}

/** What every statement that answers claims returns of `c`. */
export const CLAIM_CARD =
  'claim: c {.*}, quotes: [(c)-[:HAS]->(q:Citation) | q.revision], concerns: [(c)-[:CONCERNS]->(x:Person) | x {.id, .gate, .floor, .adultFrom}]';

/** The claim of a row of `CLAIM_CARD`. */
export function claimOf({ claim, quotes, concerns }: Row): StoredClaim {
  const properties = claim as Row;
  return {
    ...decode('Claim', properties),
    revision: Math.max(Number(properties.revision), ...(quotes as number[])),
    standing: Number(properties.standing) as Standing,
    sources: Number(properties.sources),
    agreesWith: (properties.agreesWith ?? null) as string | null,
    waiting: waitingIn(properties),
    concerns: (concerns as Row[]).map(cardOf),
    sort: String(properties.sort),
  };
}

function waitingIn({ waiting, waitingSince, waitingEvidence, waitingSources }: Row): Waiting | null {
  if (waiting !== true) return null;
  const evidence = (waitingEvidence ?? null) as Waiting['evidence'];
  return { since: Number(waitingSince), evidence, sources: Number(waitingSources) };
}

function cardOf({ id, gate, floor, adultFrom }: Row): GateCard & { id: string } {
  return { id: String(id), gate: Number(gate), floor: Number(floor), adultFrom: Number(adultFrom) };
}

/** The claims of collected rows, in order of their places. */
export function claimsOfRows(rows: readonly Row[]): StoredClaim[] {
  return byPlace(rows).map(claimOf);
}

/** Whether a claim may be shown: the rule of `CLAIM_GATE`, for place two. */
export function seesClaim(sight: Sight, claim: StoredClaim): boolean {
  const isTold = claim.verdict === 'ACCEPTED' && (claim.standing > 0 || typeOfId(claim.subject) === 'Person');
  return (sight.level > 0 || isTold) && seesRecord(sight, claim.standing, claim.concerns);
}
