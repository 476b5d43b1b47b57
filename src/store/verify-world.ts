import { type Answered, answeredOf } from '../domain/answered.js';
import type { CitedBy, CitedClaim, SourceArticle } from '../domain/evidence.js';
import { groupBy } from '../domain/group.js';
import { essentialTo } from '../domain/life.js';
import { type Lookup, lookupOf } from '../domain/lookup.js';
import { dayOfArticle } from '../domain/partial-date.js';
import type { Citation, Claim, Period } from '../domain/records.js';
import type { RecordType } from '../domain/words.js';
import type { Reads, Row, Value } from '../graph/graph.js';
import { edgesOf } from './edges.js';
import { citedOf } from './evidence.js';
import { type Stored, storedOf } from './load.js';

const TYPES = Object.keys(edgesOf) as RecordType[];
const PAGE = 5000;

const page = (label: string) =>
  `/* page${label} */ MATCH (n:${label}) WHERE n.id > $after WITH n ORDER BY n.id LIMIT $limit RETURN n {.*} AS props`;
const PAGES = new Map([...TYPES, 'Contradiction' as const].map((label) => [label, page(label)]));

/** Every node of a label, in pages by id: properties are read of the page alone, or the embedded engine holds those of all. */
async function* nodesOf(graph: Reads, label: RecordType | 'Contradiction'): AsyncGenerator<Row> {
  const statement = PAGES.get(label) ?? '';
  for (let after = ''; ; ) {
    const rows = await graph.read(statement, { after, limit: PAGE });
    for (const { props } of rows) {
      const { id } = props as Row;
      if (String(id) > after) after = String(id);
      yield props as Row;
    }
    if (rows.length < PAGE) return;
  }
}

/** One thing in the graph that is not as it follows from the decisions. `stored` or `expected` is null where there is nothing. */
export interface Difference {
  record: string;
  what: string;
  stored: Value;
  expected: Value;
}

/** The decisions of a whole graph in memory, with the ways from a record to what hangs on it. */
export interface World {
  /** Every stored record; the last one where an id stands twice. */
  nodes: ReadonlyMap<string, Stored>;
  /** Ids that more than one node has. */
  repeated: readonly string[];
  contradictions: ReadonlyMap<string, Row>;
  lookup: Lookup;
  periodsOf(relationship: string): Stored<'Period'>[];
  /** All claims about a subject with all their citations. */
  evidenceOf(subject: string): CitedClaim[];
  /** What has been answered about claims of one subject. */
  answered(claims: readonly CitedClaim[]): Answered;
  /** A claim with all its citations. */
  cited(claim: string): CitedClaim | undefined;
  source(article: string): SourceArticle;
  all<T extends RecordType>(type: T): Stored<T>[];
}

/** Reads every record of the graph; nothing derived is looked at but to be compared later. */
export async function readWorld(graph: Reads): Promise<World> {
  const nodes = new Map<string, Stored>();
  const repeated: string[] = [];
  for (const type of TYPES) {
    for await (const props of nodesOf(graph, type)) {
      const stored = storedOf(type, props);
      if (nodes.has(stored.record.id)) repeated.push(stored.record.id);
      nodes.set(stored.record.id, stored);
    }
  }
  const contradictions = new Map<string, Row>();
  for await (const props of nodesOf(graph, 'Contradiction')) contradictions.set(String(props.id), props);
  return worldOf(nodes, repeated, contradictions);
}

function worldOf(
  nodes: ReadonlyMap<string, Stored>,
  repeated: readonly string[],
  contradictions: ReadonlyMap<string, Row>,
): World {
  const all = <T extends RecordType>(type: T) =>
    [...nodes.values()].filter((node) => node.type === type) as Stored<T>[];
  const lookup = lookupOf(new Map([...nodes].map(([id, { record }]) => [id, record])));
  const periods = groupBy(
    all('Period'),
    ({ record }: Stored<'Period'>) => record.relationship satisfies Period['relationship'],
  );
  const claims = groupBy(
    all('Claim').map(({ record }) => record),
    ({ subject }: Claim) => subject,
  );
  const citations = groupBy(
    all('Citation').map(({ record }) => record),
    ({ claim }: Citation) => claim,
  );
  const resolutions = groupBy(
    all('Resolution').flatMap(({ record }) => record.claims.map((claim) => ({ claim, record }))),
    ({ claim }) => claim,
  );
  const sources = new Map<string, SourceArticle>();

  function source(id: string): SourceArticle {
    const known = sources.get(id) ?? sourceIn(lookup, id);
    sources.set(id, known);
    return known;
  }
  const citedBy = (citation: Citation): CitedBy => ({
    citation,
    article: source(citation.article),
    sideIsPublic: citation.side !== null && lookup.get('Person', citation.side)?.visibility === 'PUBLIC',
  });
  const withCitations = (claim: Claim): CitedClaim =>
    citedOf(claim, (citations.get(claim.id) ?? []).map(citedBy), essentialTo(lookup.get('Event', claim.subject)));
  const cited = (id: string) => {
    const claim = lookup.get('Claim', id);
    return claim === null ? undefined : withCitations(claim);
  };
  return {
    nodes,
    repeated,
    contradictions,
    lookup,
    all,
    source,
    periodsOf: (relationship) => periods.get(relationship) ?? [],
    evidenceOf: (subject) => (claims.get(subject) ?? []).map(withCitations),
    cited,
    answered: (some) =>
      answeredOf(some, {
        resolutionsOn: (claim) => (resolutions.get(claim) ?? []).map(({ record }) => record),
        cited,
      }),
  };
}

/** An article as evidence, with its roots found by walking; what is based on itself has none. */
function sourceIn(lookup: Lookup, id: string): SourceArticle {
  const article = lookup.get('Article', id);
  if (article === null) throw new Error(`There is no article ${id}`);
  const seen = new Set<string>();
  const roots: { id: string; outlet: string | null }[] = [];
  const walk = (next: string) => {
    const source = lookup.get('Article', next);
    if (seen.has(next) || source === null) return;
    seen.add(next);
    if (source.basedOn.length === 0) roots.push({ id: next, outlet: source.outlet });
    for (const parent of source.basedOn) walk(parent);
  };
  walk(id);
  roots.sort((a, b) => (a.id < b.id ? -1 : 1));
  return { id, kind: article.kind, outlet: article.outlet, day: dayOfArticle(article), roots };
}
