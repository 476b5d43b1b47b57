import type { Standing } from '../domain/evidence.js';
import type { GateCard, Sight } from '../domain/gate.js';
import type { Claim, Field } from '../domain/records.js';
import type { Reads } from '../graph/graph.js';
import type { Page, SortCursor } from './page.js';

/** A claim as kept, with what the gate needs to know of its subject. */
export interface StoredClaim extends Claim {
  revision: number;
  /** The standing of its subject. */
  standing: Standing;
  /** Independent sources: roots of its accepted citations. */
  sources: number;
  /** The more precise accepted claim that it agrees with. */
  agreesWith: string | null;
  sort: string;
  /** Everybody whom its subject depends on. */
  concerns: (GateCard & { id: string })[];
}

export interface ClaimArgs extends Page<SortCursor> {
  field: Field | null;
}

/** Whether a claim may be shown: the rule of `CLAIM_GATE`, for place two. */
export function seesClaim(_sight: Sight, _claim: StoredClaim): boolean {
  throw new Error('unwritten');
}

/** Claims by id. Not gated: `seesClaim` is place two. */
export async function claims(_graph: Reads, _ids: readonly string[]): Promise<(StoredClaim | null)[]> {
  throw new Error('unwritten');
}

/** A page of the claims about each subject (person, relationship, period, event), by `sort`. One statement for each type of subject. */
export async function claimsOf(
  _graph: Reads,
  _subjectIds: readonly string[],
  _args: ClaimArgs,
  _sight: Sight,
): Promise<StoredClaim[][]> {
  throw new Error('unwritten');
}

export async function countClaimsOf(
  _graph: Reads,
  _subjectIds: readonly string[],
  _field: Field | null,
  _sight: Sight,
): Promise<number[]> {
  throw new Error('unwritten');
}

/** A page of the claims that each article is cited for (readers: by an accepted citation), by `sort`. */
export async function claimsOfArticles(
  _graph: Reads,
  _articleIds: readonly string[],
  _page: Page<SortCursor>,
  _sight: Sight,
): Promise<StoredClaim[][]> {
  throw new Error('unwritten');
}

export async function countClaimsOfArticles(
  _graph: Reads,
  _articleIds: readonly string[],
  _sight: Sight,
): Promise<number[]> {
  throw new Error('unwritten');
}
