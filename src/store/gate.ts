import type { Sight } from '../domain/gate.js';
import { ESSENTIAL } from '../domain/life.js';
import type { Params } from '../graph/graph.js';

/**
 * Place one of the privacy gate (design.md, section 6): predicates that every statement that finds or counts carries, so that
 * pages, counts and cursors are computed after it. `gateParams` gives their parameters; `seesRelationship` and its neighbours
 * in domain/gate.ts are the same rules, for place two. A person's `floor` binds readers and contributors only (`floorFor`).
 *
 * They ask `COUNT {…} = 0` rather than `NOT EXISTS {…}`: the embedded engine answers EXISTS for the whole graph first, once for each
 * run of a CALL (100 keys on 20,000 claims: 2,000 ms against 4), and COUNT row by row, but on either side of an OR: CASE
 * counts only where it has to.
 */

/** The roles of those on whom an event depends, as a list in a statement has them. */
export const ESSENTIAL_ROLES = ESSENTIAL.map((role) => `'${role}'`).join(', ');

/**
 * For `(p:Person)-[l:LINKED]-(q)`. Only people are linked, and the other end has no label in any statement: while a graph has few
 * people with many links, Neo4j would plan to look at each person with each other, and keep that plan once there are many.
 */
export const LINK_GATE = `p.gate <= $level AND q.gate <= $level AND l.standing >= $minStanding
  AND ($level > 0 OR (l.standing >= p.floor AND l.standing >= q.floor))
  AND ($minors = 'show' OR (p.adultFrom <= $today AND q.adultFrom <= $today)
    OR ($minors = 'name-only' AND l.kind IN ['PARENT_CHILD', 'SIBLING'] AND l.standing = 3 AND (p.adultFrom <= $today OR q.adultFrom <= $today)))`;

/**
 * For a link that `LINK_GATE` lets through: whether its stretch shows as well. A stretch may begin with a lesser period, of which
 * whoever shows only with what is CONFIRMED tells nothing, not even by the days that a list is filtered and sorted by.
 */
export const STRETCH_GATE = '($level > 0 OR (l.togetherStanding >= p.floor AND l.togetherStanding >= q.floor))';

/** For `(p:Person)`, looked up, listed or searched as such. */
export const PERSON_GATE = `p.gate <= $level AND ($minors = 'show' OR p.adultFrom <= $today)`;

/** For somebody `x` whom a claim `c` concerns: they may not be shown with it. */
const HIDES_CLAIM =
  "(x.gate > $level OR ($level = 0 AND c.standing < x.floor) OR ($minors <> 'show' AND x.adultFrom > $today))";

/**
 * For `(c:Claim)`: accepted, about something that somebody asserts, and everybody whom it needs may be seen, or, where it needs nobody
 * in particular, somebody, and where only guests say it, one of these (`Concerns`). To deny what nobody says would be to say it. `seesClaim` in claim-card.ts is the same rule,
 * for place two.
 */
export const CLAIM_GATE = `($level > 0 OR (c.verdict = 'ACCEPTED' AND (c.standing > 0 OR c.subject STARTS WITH 'per_')))
  AND COUNT { MATCH (c)-[o:CONCERNS]->(x:Person) WHERE o.needed AND ${HIDES_CLAIM} } = 0
  AND CASE WHEN c.anybody THEN COUNT { MATCH (c)-[o:CONCERNS]->(x:Person) WHERE NOT o.needed AND NOT ${HIDES_CLAIM} } > 0 ELSE true END
  AND CASE WHEN c.guestsOnly >= $level THEN COUNT { MATCH (c)-[:HAS]->(g:Citation)-[:SPEAKS_FOR]->(x:Person)
    WHERE ($level > 0 OR g.verdict = 'ACCEPTED') AND NOT ${HIDES_CLAIM} } > 0 ELSE true END`;

/** For a claim `c` that concerns `(p:Person)`: whether it is told of them. One that only needs others may be shown without them. */
export const CONCERNS_SEEN = `NOT ${HIDES_CLAIM.replaceAll('x.', 'p.')}`;

/**
 * For `(k:Contradiction)`: both its claims may be seen. Two claims that need nobody in particular are about events of the same people,
 * so that whom the one shows with, the other does.
 */
export const CONTRADICTION_GATE = `COUNT { MATCH (k)-[:BETWEEN]->(c:Claim)-[o:CONCERNS]->(x:Person) WHERE o.needed AND ${HIDES_CLAIM} } = 0
  AND (COUNT { MATCH (k)-[:BETWEEN]->(c:Claim) WHERE c.anybody } = 0
    OR COUNT { MATCH (k)-[:BETWEEN]->(c:Claim)-[o:CONCERNS]->(x:Person) WHERE c.anybody AND NOT o.needed AND NOT ${HIDES_CLAIM} } > 0)`;

/** For `(p:Person)` of an event `e`: whether they show with it. */
export const SEEN_AT_EVENT = `${PERSON_GATE} AND ($level > 0 OR e.standing >= p.floor)`;

const SEEN = SEEN_AT_EVENT.replaceAll('p.', 'x.');

/**
 * For `(e:Event)`: it depends on its PARTYs, and a BIRTH on its CHILD: a wedding of one tells of the other. Of the rest, those who
 * don't show with it are as if absent, and somebody must be left. `eventSeenBy` in event-card.ts is the same rule, for place two.
 */
export const EVENT_GATE = `e.mergedInto IS NULL AND e.standing >= $minStanding
  AND COUNT { MATCH (e)<-[:TOOK_PART]-(x:Person) WHERE ${SEEN} } > 0
  AND COUNT { MATCH (e)<-[t:TOOK_PART]-(x:Person) WHERE t.role IN [${ESSENTIAL_ROLES}] AND NOT (${SEEN}) } = 0`;

/** For `(i:Citation)` of a claim `c`: whoever speaks in it may be seen with it. */
const SPEAKER_SEEN = `CASE WHEN i.side IS NULL THEN true
  ELSE COUNT { MATCH (i)-[:SPEAKS_FOR]->(x:Person) WHERE ${HIDES_CLAIM} } = 0 END`;

/** For `(i:Citation)` of a claim `c`. `IN` is a word of the language, so the edge of that name stands in backquotes everywhere. */
export const CITATION_GATE = `($level > 0 OR i.verdict = 'ACCEPTED') AND ${SPEAKER_SEEN}`;

/** For `(a:Article)`: readers see it where it carries an accepted citation of an accepted claim that they may see; one is enough to look at. */
export const ARTICLE_GATE = `a.mergedInto IS NULL AND ($level > 0 OR EXISTS {
  MATCH (a)<-[:\`IN\`]-(i:Citation)<-[:HAS]-(c:Claim) WHERE i.verdict = 'ACCEPTED' AND ${SPEAKER_SEEN} AND ${CLAIM_GATE} })`;

/** The parameters of the gate: `minStanding` is what the asker wants to see at least. */
export function gateParams(sight: Sight, minStanding = 1): Params {
  return { level: sight.level, minors: sight.minors, today: sight.today, minStanding };
}
