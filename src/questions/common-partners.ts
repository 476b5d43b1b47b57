import type { Standing } from '../domain/evidence.js';
import { type Sight, seesPerson } from '../domain/gate.js';
import type { Reads } from '../graph/graph.js';
import {
  type CommonPartner,
  countCommonPartners as countOf,
  commonPartners as pageOf,
} from '../store/common-partners.js';
import type { Page, SortCursor } from '../store/page.js';
import { people } from '../store/person.js';

export type { CommonPartner } from '../store/common-partners.js';

/** `a` and `b` are ids or slugs. */
export interface CommonQuestion {
  a: string;
  b: string;
  minStanding: Standing;
}

/**
 * With whom both were (ROMANTIC), by name: a page of people, each with both relationships. Nobody where one of the two is unknown to
 * this sight, or both are one person. Two or three statements.
 */
export async function commonPartners(
  graph: Reads,
  question: CommonQuestion,
  page: Page<SortCursor>,
  sight: Sight,
): Promise<CommonPartner[]> {
  const pair = await pairOf(graph, question, sight);
  return pair ? pageOf(graph, pair, page, question.minStanding, sight) : [];
}

/** How many people `commonPartners` would list. */
export async function countCommonPartners(graph: Reads, question: CommonQuestion, sight: Sight): Promise<number> {
  const pair = await pairOf(graph, question, sight);
  return pair ? countOf(graph, pair, question.minStanding, sight) : 0;
}

async function pairOf(graph: Reads, { a, b }: CommonQuestion, sight: Sight): Promise<[string, string] | null> {
  const [one, other] = await people(graph, [a, b]);
  if (!one || !other || one.id === other.id || !seesPerson(sight, one) || !seesPerson(sight, other)) return null;
  return [one.id, other.id];
}
