import type { ChangeInput, EditInput } from '../../src/domain/change.js';
import { idFromKey, inPartyOrder, relationshipId } from '../../src/domain/ids.js';
import { slugOf } from '../../src/domain/names.js';
import type { Article, ClaimValue, Event, Person } from '../../src/domain/records.js';
import type { Evidence, Field, Kind, PeriodType, Polarity, RecordType, Verdict } from '../../src/domain/words.js';
import type { Graph } from '../../src/graph/graph.js';
import { commit } from '../../src/store/commit.js';
import { purge } from '../../src/store/purge.js';

/** How a claim is made and cited; by default an accepted OUTLET citation in the story's newest article. */
export interface Said {
  by?: string;
  evidence?: Evidence;
  side?: string;
  polarity?: Polarity;
  verdict?: Verdict;
  citation?: Verdict;
  /** What stands at a place of the article's text, or a quote without a place; else one of its own. */
  quoted?: { quote: string; from: number | null };
}

const T0 = Date.UTC(2026, 0, 1);

/**
 * Tells a graph a story through `commit`. Each method notes edits and answers the id of what it makes; `tell` commits what was
 * noted as one change. Ids come from a counter, so the same story has the same ids on every engine.
 */
export class Telling {
  private edits: EditInput[] = [];
  private made = 0;
  private changes = 0;
  private newest: string | null = null;

  constructor(private readonly graph: Graph) {}

  /** A PUBLIC adult, unless said otherwise. */
  person(name: string, given: Partial<Person> = {}): string {
    const slug = `${slugOf(name)}-${this.made}`;
    return this.note('Person', { name, slug, visibility: 'PUBLIC', adult: true, ...given });
  }

  /** Several people, whose ids come in the order of their names. */
  people<const Names extends readonly string[]>(...names: Names): { [At in keyof Names]: string } {
    return names.map((name) => this.person(name)) as { [At in keyof Names]: string };
  }

  /** A dated news article; it is the source of what is said next. */
  article(title: string, given: Partial<Article> = {}): string {
    this.newest = this.note('Article', {
      title,
      kind: 'NEWS',
      outlet: `Outlet ${this.made}`,
      published: '2020-01-01',
      retrieved: 20_000,
      mentionsReviewed: true,
      ...given,
    });
    return this.newest;
  }

  relationship(kind: Kind, a: string, b: string): string {
    const id = relationshipId(kind, a, b);
    this.edits.push({ type: 'Relationship', id, set: { kind, ...inPartyOrder(kind, a, b) } });
    return id;
  }

  /** A period with what is said of it: EXISTS PAST, and START and END where given. */
  period(
    relationship: string,
    type: PeriodType,
    dates: { start?: string; end?: string; apart?: string } = {},
    said: Said = {},
  ): string {
    const id = this.note('Period', { relationship, type });
    this.claim(id, 'EXISTS', { state: 'PAST' }, said);
    if (dates.start) this.claim(id, 'START', { date: { edtf: dates.start } }, said);
    if (dates.apart) this.claim(id, 'APART', { date: { edtf: dates.apart } }, said);
    if (dates.end) this.claim(id, 'END', { date: { edtf: dates.end } }, said);
    return id;
  }

  /** Two people who were married, as a record says. */
  marriage(
    a: string,
    b: string,
    dates: { start?: string; end?: string; apart?: string } = {},
    said: Said = {},
  ): string {
    return this.period(this.relationship('ROMANTIC', a, b), 'MARRIED', dates, { evidence: 'RECORD', ...said });
  }

  event(kind: Event['kind'], participants: Event['participants'], date?: string, said: Said = {}): string {
    const id = this.note('Event', { kind, participants });
    if (date) this.claim(id, 'DATE', { date: { edtf: date } }, { evidence: 'RECORD', ...said });
    return id;
  }

  born(person: string, date: string, said: Said = {}): string {
    return this.claim(person, 'BIRTH', { date: { edtf: date } }, { evidence: 'RECORD', ...said });
  }

  claim(subject: string, field: Field, value: ClaimValue, said: Said = {}): string {
    const { polarity = 'ASSERTS', verdict = 'ACCEPTED' } = said;
    const id = this.note('Claim', { subject, field, value, polarity, verdict });
    this.cite(id, said);
    return id;
  }

  cite(claim: string, said: Said = {}): string {
    const {
      by = this.newest ?? this.article('A source'),
      evidence = 'OUTLET',
      side = null,
      verdict = 'ACCEPTED',
    } = said;
    const citation = said.citation ?? verdict;
    const { quote, from } = said.quoted ?? { quote: `“${this.made}”`, from: null };
    const place = { quote, from, to: from === null ? null : from + quote.length };
    return this.note('Citation', { claim, article: by, ...place, evidence, side, verdict: citation });
  }

  /** Notes an edit of a record that is there, or, with null, its removal. */
  edit(type: RecordType, id: string, set: EditInput['set']): void {
    this.edits.push({ type, id, set });
  }

  /** Commits what was noted; null where it changes nothing. */
  async tell(given: Partial<ChangeInput> = {}) {
    const edits = this.edits;
    this.edits = [];
    return commit(this.graph, { ...this.next(), action: 'told', edits, ...given });
  }

  /** Purges somebody who is REMOVED. */
  async purge(person: string) {
    return purge(this.graph, { ...this.next(), action: 'purgePerson', note: null, batch: null, person, spellings: [] });
  }

  private next() {
    this.changes += 1;
    const at = new Date(T0 + this.changes * 1000).toISOString();
    return { id: `chg_${this.changes}`, at, actor: 'ann' };
  }

  private note(type: RecordType, set: Record<string, unknown>): string {
    this.made += 1;
    const id = idFromKey(type, `story ${this.made}`);
    this.edits.push({ type, id, set });
    return id;
  }
}
