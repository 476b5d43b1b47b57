import type { EditInput } from '../../src/domain/change.js';
import { inPartyOrder, relationshipId } from '../../src/domain/ids.js';
import { slugOf } from '../../src/domain/names.js';
import type { Article, Citation, Claim, Person, RecordOf } from '../../src/domain/records.js';
import {
  type EventKind,
  type Evidence,
  type Field,
  ID_PREFIX,
  type Kind,
  type PeriodType,
  type RecordType,
  type RoleInEvent,
} from '../../src/domain/words.js';
import type { Graph } from '../../src/graph/graph.js';
import { commit } from '../../src/store/commit.js';

/** What sources say of a period; unless a test says otherwise, an official record of 2020 says it. */
export interface Told {
  start?: string;
  apart?: string;
  end?: string;
  article?: string;
  evidence?: Evidence;
}

type Cited = Omit<Partial<Citation>, 'claim'> & { claim?: Partial<Claim> };

/**
 * People, what they were to each other and who says so, to be told and then committed: each builder notes records and answers the id
 * of the first. Ids are the story's name and a number, so that two stories don't meet in one graph.
 */
export class Story {
  private made = 0;
  private committed = 0;
  private edits: EditInput[] = [];
  private readonly known = new Set<string>();
  private register: string | undefined;

  constructor(private readonly name = 's') {}

  /** The ids of all records that were told. */
  get ids(): string[] {
    return [...this.known];
  }

  aPerson(called: string, more: Partial<Person> = {}): string {
    return this.add('Person', { name: called, slug: slugOf(called), visibility: 'PUBLIC', adult: true, ...more });
  }

  /** Several people, whose ids come in the order of their names. */
  people<const Names extends readonly string[]>(...names: Names): { [At in keyof Names]: string } {
    return names.map((name) => this.aPerson(name)) as { [At in keyof Names]: string };
  }

  anArticle(title: string, more: Partial<Article> = {}): string {
    const read = { published: '2020-01-01', retrieved: 18_262, mentionsReviewed: true };
    return this.add('Article', { title, kind: 'RECORD', outlet: title, ...read, ...more });
  }

  aCitation(claim: string, more: Partial<Citation> = {}): string {
    this.register ??= this.anArticle(`Register of ${this.name}`);
    const cited = { article: this.register, evidence: 'RECORD', verdict: 'ACCEPTED', quote: 'So it is said.' } as const;
    return this.add('Citation', { claim, ...cited, ...more });
  }

  /** An accepted claim with an accepted citation. */
  aClaim(subject: string, field: Field, value: Claim['value'], { claim, ...citation }: Cited = {}): string {
    const id = this.add('Claim', { subject, field, value, verdict: 'ACCEPTED', ...claim });
    this.aCitation(id, citation);
    return id;
  }

  aRelationship(kind: Kind, a: string, b: string): string {
    return this.add('Relationship', { kind, ...inPartyOrder(kind, a, b) }, relationshipId(kind, a, b));
  }

  aPeriod(kind: Kind, type: PeriodType, a: string, b: string, told: Told = {}): string {
    const id = this.add('Period', { relationship: this.aRelationship(kind, a, b), type });
    const { start, apart, end, ...cited } = told;
    if (start === undefined) this.aClaim(id, 'EXISTS', { state: 'PAST' }, cited);
    else this.aClaim(id, 'START', { date: { edtf: start } }, cited);
    if (apart !== undefined) this.aClaim(id, 'APART', { date: { edtf: apart } }, cited);
    if (end !== undefined) this.aClaim(id, 'END', { date: { edtf: end } }, cited);
    return id;
  }

  aMarriage(a: string, b: string, told: Told = {}): string {
    return this.aPeriod('ROMANTIC', 'MARRIED', a, b, told);
  }

  anEvent(kind: EventKind, roles: Record<string, RoleInEvent>, told: Omit<Told, 'apart' | 'end'> = {}): string {
    const participants = Object.entries(roles).map(([person, role]) => ({ person, role }));
    const id = this.add('Event', { kind, participants });
    const { start, ...cited } = told;
    if (start === undefined) this.aClaim(id, 'EXISTS', { state: 'PAST' }, cited);
    else this.aClaim(id, 'DATE', { date: { edtf: start } }, cited);
    return id;
  }

  aBirth(person: string, edtf: string, cited: Cited = {}): string {
    return this.aClaim(person, 'BIRTH', { date: { edtf } }, cited);
  }

  /** An edit of a record that is there. */
  change(type: RecordType, id: string, set: EditInput['set']): void {
    this.edits.push({ type, id, set });
  }

  /** Commits what was told since the last time, as one change. */
  async commitTo(graph: Graph, at = '2020-01-02T00:00:00.000Z'): Promise<void> {
    this.committed += 1;
    const change = {
      id: `chg_${this.name}${this.committed}`,
      at,
      actor: 'test',
      action: 'tell',
    };
    await commit(graph, { ...change, edits: this.edits });
    this.edits = [];
  }

  private add<T extends RecordType>(type: T, set: Partial<RecordOf[T]>, fixed?: string): string {
    this.made += 1;
    const id = fixed ?? `${ID_PREFIX[type]}${this.name}${String(this.made).padStart(5, '0')}`;
    if (!this.known.has(id)) this.edits.push({ type, id, set });
    this.known.add(id);
    return id;
  }
}

export const aStory = (name?: string): Story => new Story(name);
