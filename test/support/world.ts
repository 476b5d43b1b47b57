import { concernsAll } from '../../src/domain/concern.js';
import { claimDerived } from '../../src/domain/derived.js';
import type { DateField, ProjectedPeriod, Standing } from '../../src/domain/evidence.js';
import type { GateCard } from '../../src/domain/gate.js';
import { groupBy } from '../../src/domain/group.js';
import { pairKeyOf } from '../../src/domain/ids.js';
import { UNBOUNDED } from '../../src/domain/interval.js';
import {
  type Article,
  type Citation,
  type Claim,
  type ClaimValue,
  type Person,
  type RecordOf,
  typeOfId,
} from '../../src/domain/records.js';
import type { EventKind, Field, Kind, PeriodType, RecordType, RoleInEvent } from '../../src/domain/words.js';
import type { Graph, Row } from '../../src/graph/graph.js';
import { edgesOf } from '../../src/store/edges.js';
import { encode } from '../../src/store/records.js';

/** The numbers of a `LINKED` edge. */
export interface Dates {
  startMin: number;
  startMax: number;
  endMin: number;
  endMax: number;
  startKnown: boolean;
}

export interface PlantedLink extends Dates {
  relationship: string;
  period: string;
  kind: Kind;
  type: PeriodType;
  standing: Standing;
  stretch: Together;
}

/** A stretch that isn't given is the period itself; its standing is the period's unless it is said. */
export interface Together extends Dates {
  standing?: Standing;
}

const ALWAYS: Dates = {
  startMin: -UNBOUNDED,
  startMax: UNBOUNDED,
  endMin: -UNBOUNDED,
  endMax: UNBOUNDED,
  startKnown: false,
};
const NO_DATE: DateField = { date: null, standing: 0, contested: false, why: [] };

interface Edge {
  type: string;
  from: string;
  to: string;
  props: Row;
}

/**
 * A graph as the reads find it, with derived numbers chosen by the test rather than projected from claims. Every method answers an
 * id; `plant` writes it all.
 */
export class World {
  readonly people = new Map<string, Person & GateCard>();
  readonly relationships = new Map<string, RecordOf['Relationship']>();
  readonly links: PlantedLink[] = [];
  private readonly nodes: { label: string; props: Row }[] = [];
  private readonly edges: Edge[] = [];

  person(name: string, given: Partial<Person & GateCard> = {}): string {
    const { gate = given.mergedInto ? 3 : 0, floor = 0, adultFrom = -UNBOUNDED, ...decisions } = given;
    const record: Person = {
      id: `per_${name}`,
      slug: name.toLowerCase(),
      name,
      aliases: [],
      description: null,
      externalIds: [],
      visibility: 'PUBLIC',
      adult: false,
      notSameAs: [],
      mergedInto: null,
      ...decisions,
    };
    this.people.set(record.id, { ...record, gate, floor, adultFrom });
    const shown = JSON.stringify({ birth: NO_DATE, death: NO_DATE, names: [], occupations: [] });
    const folded = name.toLowerCase();
    return this.add('Person', record, { gate, floor, adultFrom, folded, sort: `${folded}|${record.id}`, shown });
  }

  relationship(kind: Kind, a: string, b: string, mergedInto: string | null = null): string {
    const id = `rel_${kind.replaceAll('_', '')}${a.slice(4)}x${b.slice(4)}`;
    const record = { id, kind, a, b, mergedInto };
    this.relationships.set(id, record);
    const shown = mergedInto ? null : JSON.stringify({ standing: 2, contested: false, stretches: [], denials: [] });
    const pairKey = mergedInto ? null : pairKeyOf(kind, a, b);
    return this.add('Relationship', record, { pairKey, standing: mergedInto ? -1 : 2, shown });
  }

  period(
    relationship: string,
    given: Partial<Dates> & { type?: PeriodType; standing?: Standing; stretch?: Together; mergedInto?: string } = {},
  ): string {
    const { type = 'UNSPECIFIED', standing = 2, stretch, mergedInto = null, ...rest } = given;
    const dates = { ...ALWAYS, ...rest };
    const id = `prd_${this.nodes.length}`;
    const record = { id, relationship, type, startedBy: null, endedBy: null, mergedInto };
    const shown = { id, standing, bounds: { ...dates, apartMin: 0, apartMax: 0 } } as unknown as ProjectedPeriod;
    if (standing >= 0 && !mergedInto) this.link(record, standing, dates, stretch ?? dates);
    return this.add('Period', record, { standing, ...dates, shown: mergedInto ? null : JSON.stringify(shown) });
  }

  event(
    kind: EventKind,
    participants: readonly (readonly [string, RoleInEvent])[],
    given: { standing?: Standing; day?: number; mergedInto?: string } = {},
  ): string {
    const { standing = 2, day, mergedInto = null } = given;
    const id = `evt_${this.nodes.length}`;
    const record = { id, kind, participants: participants.map(([person, role]) => ({ person, role })), mergedInto };
    const shown = JSON.stringify({ standing, contested: false, date: NO_DATE, place: null });
    const [dateMin, dateMax] = day === undefined ? [-UNBOUNDED, UNBOUNDED] : [day, day];
    return this.add('Event', record, { standing, dateMin, dateMax, sort: sortOf(day, id), shown });
  }

  article(day: number, given: Partial<Article> = {}): string {
    const id = `art_${this.nodes.length}`;
    const record: Article = {
      id,
      url: null,
      title: `Title of ${id}`,
      outlet: null,
      author: null,
      kind: 'NEWS',
      language: null,
      published: null,
      retrieved: day,
      text: null,
      version: 1,
      basedOn: [],
      mentions: [],
      mentionsReviewed: true,
      mergedInto: null,
      ...given,
    };
    return this.add('Article', record, { dayMin: day, dayMax: day, roots: '[]', sort: sortOf(day, id) });
  }

  claim(
    subject: string,
    given: Partial<Pick<Claim, 'verdict'>> & { standing?: Standing; field?: Field; value?: ClaimValue } = {},
    concerns: readonly string[] = this.peopleOf(subject),
  ): string {
    const { verdict = 'ACCEPTED', standing = 2, field = 'EXISTS', value = { state: 'PAST' } } = given;
    const id = `clm_${this.nodes.length}`;
    const record: Claim = {
      id,
      subject,
      field,
      value,
      polarity: 'ASSERTS',
      verdict,
      verdictNote: null,
      extractor: 'person',
    };
    for (const person of concerns) this.edges.push({ type: 'CONCERNS', from: id, to: person, props: { needed: true } });
    const waiting = verdict === 'PROPOSED' ? { since: 1, evidence: null, sources: 0 } : null;
    const note = { id, polarity: record.polarity, independentSources: 1, agreesWith: null };
    return this.add('Claim', record, {
      ...claimDerived(record, standing, note, waiting, concernsAll(concerns)),
      sort: `${field}|${id}`,
    });
  }

  citation(claim: string, article: string, given: Partial<Citation> = {}): string {
    const id = `cit_${this.nodes.length}`;
    const record: Citation = {
      id,
      claim,
      article,
      quote: 'They were together.',
      from: null,
      to: null,
      evidence: 'OUTLET',
      side: null,
      verdict: 'ACCEPTED',
      ...given,
    };
    return this.add('Citation', record, {});
  }

  contradiction(id: string, claims: readonly string[], resolution: string | null): void {
    this.node('Contradiction', { id, resolution });
    for (const claim of claims) this.edges.push({ type: 'BETWEEN', from: id, to: claim, props: {} });
  }

  /** A node that the store keeps beside the records: a change. */
  node(label: string, props: Row): void {
    this.nodes.push({ label, props });
  }

  async plant(graph: Graph): Promise<void> {
    await graph.write(async (transaction) => {
      for (const [label, rows] of grouped(
        this.nodes,
        ({ label }) => label,
        ({ props }) => props,
      ))
        for (const some of slices(rows))
          await transaction.run(`UNWIND $rows AS row CREATE (n:${label}) SET n = row`, { rows: some });
      for (const [type, rows] of grouped(this.edges, keyOf, (edge) => ({ ...edge }) as Row))
        for (const some of slices(rows)) await transaction.run(draw(type), { rows: some });
    });
  }

  private peopleOf(subject: string): string[] {
    const relationship = this.relationships.get(subject);
    if (relationship) return [relationship.a, relationship.b];
    return this.people.has(subject) ? [subject] : [];
  }

  private link(period: RecordOf['Period'], standing: Standing, dates: Dates, stretch: Together): void {
    const { kind, a, b, id } = this.relationships.get(period.relationship) as RecordOf['Relationship'];
    const { type } = period;
    this.links.push({ relationship: id, period: period.id, kind, type, standing, ...dates, stretch });
    const props = {
      periodId: period.id,
      relationshipId: id,
      kind,
      type,
      standing,
      ...dates,
      endState: 'UNSTATED',
      togetherFromMin: stretch.startMin,
      togetherFromMax: stretch.startMax,
      togetherToMin: stretch.endMin,
      togetherToMax: stretch.endMax,
      togetherFromKnown: stretch.startKnown,
      togetherStanding: stretch.standing ?? standing,
    };
    this.edges.push({ type: 'LINKED', from: a, to: b, props });
  }

  private add<T extends RecordType>(type: T, record: RecordOf[T], derived: Row): string {
    this.nodes.push({ label: type, props: { ...encode(type, record), revision: 1, ...derived } });
    this.edges.push(...edgesOf[type](record));
    return record.id;
  }
}

const sortOf = (day: number | undefined, id: string) =>
  `${String((day ?? UNBOUNDED) + UNBOUNDED).padStart(10, '0')}|${id}`;

const labelOf = (id: string) => typeOfId(id) ?? 'Contradiction';
const keyOf = ({ type, from, to }: Edge) => `${labelOf(from)} ${type} ${labelOf(to)}`;

function draw(key: string): string {
  const [from, type, to] = key.split(' ');
  return `UNWIND $rows AS row MATCH (a:${from} {id: row.from}) MATCH (b:${to} {id: row.to}) CREATE (a)-[e:\`${type}\`]->(b) SET e = row.props`;
}

function grouped<V>(items: readonly V[], keyOf: (item: V) => string, rowOf: (item: V) => Row): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const [key, some] of groupBy(items, keyOf)) groups.set(key, some.map(rowOf));
  return groups;
}

function slices(rows: Row[]): Row[][] {
  return Array.from({ length: Math.ceil(rows.length / 2000) }, (_, at) => rows.slice(at * 2000, (at + 1) * 2000));
}
