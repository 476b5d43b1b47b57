import { typeOfId } from '../domain/records.js';
import type { RecordType } from '../domain/words.js';
import type { Params } from '../graph/graph.js';
import { type Goal, type Reach, wholeReachOf } from './past-ways.js';

/**
 * What has to be known for a statement of the store to answer right: the records that its parameters name, and what it lists of them.
 * Statements are told by the name in front of their text; one that is not named here may list anything of the people and articles that it is
 * asked about.
 */
export function goalsOf(statement: string, params: Params): Goal[] {
  const name = /^\/\* (\w+)/.exec(statement)?.[1] ?? '';
  if (name === 'relationshipsBetween') return betweenGoals(params);
  return [...idsIn(params)].map((id) => {
    const type = typeOfId(id);
    // Reviewers see an article whatever it is cited for.
    if (name === 'articles' && Number(params.level) > 0) return { reach: 'source', id };
    const listed = type === null ? undefined : LISTED[type]?.[name];
    return { reach: listed ?? (type === 'Person' ? 'ties' : wholeReachOf(id)), id };
  });
}

/** Of statements that list less, or more, or other things, than most do. */
const LISTED: Partial<Record<RecordType, Record<string, Reach>>> = {
  Person: {
    people: 'card',
    claimsOf: 'card',
    countClaimsOf: 'card',
    articlesOfPeople: 'named',
    countArticlesOfPeople: 'named',
    contradictionIdsOf: 'rivals',
    countContradictionsOf: 'rivals',
  },
  // A marriage contradicts what else either of the two was in.
  Relationship: { contradictionIdsOf: 'couple', countContradictionsOf: 'couple' },
  Article: { copiesOf: 'copies', mentionsOf: 'mentioned', textsOf: 'source' },
};

/** What two people are to each other hangs on either: the one's ties tell all. */
function betweenGoals({ pairs }: Params): Goal[] {
  if (!Array.isArray(pairs)) return [];
  return pairs.flatMap((pair) => {
    const { one, other } = pair as { one: string; other: string };
    return [{ reach: 'ties', id: one } as const, { reach: 'card', id: other } as const];
  });
}

const ID = /^(per|rel|prd|evt|art|clm|cit|res)_[A-Za-z0-9]{1,60}$/;

function idsIn(value: unknown): Set<string> {
  if (typeof value === 'string') return new Set(ID.test(value) ? [value] : []);
  if (value === null || typeof value !== 'object') return new Set();
  return new Set(Object.values(value).flatMap((item) => [...idsIn(item)]));
}
