import fc from 'fast-check';
import type { ChangeInput, EditInput } from '../../src/domain/change.js';
import { idFromKey, inPartyOrder, relationshipId } from '../../src/domain/ids.js';
import { typeOfId } from '../../src/domain/records.js';
import type { RecordType } from '../../src/domain/words.js';
import { AppError } from '../../src/errors.js';
import type { Graph } from '../../src/graph/graph.js';
import { commit } from '../../src/store/commit.js';

/** One thing that an editor does, by numbers; which records it concerns depends on what is there. */
export interface Deed {
  what: (typeof DEEDS)[number];
  pick: number[];
}

const DEEDS = [
  'person',
  'article',
  'couple',
  'couple',
  'parent',
  'claim',
  'claim',
  'event',
  'cite',
  'birth',
  'rename',
  'decide',
  'hide',
  'reaimClaim',
  'reaimPeriod',
  'reaimRelationship',
  'reaimEvent',
  'recite',
  'redate',
  'mention',
  'merge',
  'split',
  'drop',
  'drop',
  'bringBack',
  'resolve',
] as const;

/** So that there is something to edit. */
const BEGINNING = ['article', 'person', 'person', 'person', 'person', 'couple', 'couple', 'event', 'birth'] as const;

export const deeds = (length: number): fc.Arbitrary<Deed[]> => {
  const pick = fc.array(fc.nat(1000), { minLength: 5, maxLength: 5 });
  const first = fc.tuple(...BEGINNING.map((what) => fc.record({ what: fc.constant(what), pick })));
  const others = fc.array(fc.record({ what: fc.constantFrom(...DEEDS), pick }), {
    minLength: length,
    maxLength: length,
  });
  return fc.tuple(first, others).map((parts) => parts.flat());
};

type Fields = Record<string, unknown>;

const T0 = Date.UTC(2026, 0, 1);

/** When the change of this number was made: changes are ten seconds apart. */
export const madeAt = (number: number): string => new Date(T0 + number * 10_000).toISOString();
/** A moment after that change, and before the next. */
export const after = (number: number): string => new Date(T0 + number * 10_000 + 5_000).toISOString();

/** Tells a random history through `commit`: what a rule refuses is left out. Answers the changes that were made, in order. */
export async function live(graph: Graph, all: readonly Deed[]): Promise<ChangeInput[]> {
  const living = new Living();
  const made: ChangeInput[] = [];
  for (const deed of all) {
    const edits = living.editsFor(deed);
    if (edits.length === 0) continue;
    const number = made.length + 1;
    const change = {
      id: `chg_${number}`,
      at: madeAt(number),
      actor: `actor ${deed.pick[0] ?? 0}`,
      action: deed.what.toLowerCase(),
      edits,
    };
    try {
      const written = await commit(graph, change);
      if (written === null) continue;
      for (const { recordId, after: is } of written.edits) living.note(recordId, is);
      made.push(change);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  }
  return made;
}

const DATES = ['1990', '1995-05', '2001-02-03', '2003', '2004~', '2008-06', '2010-10-10', '2012'];
const EVIDENCES = ['RECORD', 'OUTLET', 'WITNESS', 'UNNAMED_SOURCE'];

class Living {
  private readonly records = new Map<string, Fields>();
  private readonly gone = new Map<string, Fields>();
  private made = 0;

  note(id: string, fields: Fields | null): void {
    const known = this.records.get(id) ?? {};
    if (fields === null) {
      this.records.delete(id);
      this.gone.set(id, known);
    } else this.records.set(id, { ...known, ...fields });
  }

  editsFor({ what, pick }: Deed): EditInput[] {
    const [a = 0, b = 0, c = 0, d = 0, e = 0] = pick;
    const date = { date: { edtf: DATES[c % DATES.length] ?? '1990' } };
    const edit = (id: string | undefined, set: Fields | null): EditInput[] =>
      id === undefined ? [] : [{ type: typeOfId(id) as RecordType, id, set }];
    const person = this.one('Person', a);
    const other = this.one('Person', b);
    switch (what) {
      case 'person': {
        const id = this.id('Person');
        return edit(id, {
          name: `Person ${this.made}`,
          slug: `person-${this.made}`,
          visibility: 'PUBLIC',
          adult: true,
        });
      }
      case 'article':
        return this.anArticle(d);
      case 'couple':
      case 'parent': {
        if (!person || !other || person === other) return [];
        const kind = what === 'couple' ? 'ROMANTIC' : 'PARENT_CHILD';
        const id = relationshipId(kind, person, other);
        const type = what === 'parent' ? 'BIOLOGICAL' : ['DATING', 'MARRIED', 'ENGAGED'][d % 3];
        const period = this.id('Period');
        return [
          ...edit(id, { kind, ...inPartyOrder(kind, person, other) }),
          ...edit(period, { relationship: id, type }),
          ...this.aClaim(period, 'START', date, e),
        ];
      }
      case 'claim': {
        const subject = this.one('Period', a) ?? this.one('Relationship', a);
        return subject ? this.aClaim(subject, b % 2 ? 'END' : 'START', date, e) : [];
      }
      case 'event': {
        const id = this.id('Event');
        const kind = d % 3 ? 'APPEARANCE' : 'RECONCILIATION';
        if (!person || !other) return [];
        const participants = [...new Set([person, other])].map((each) => ({ person: each, role: 'PARTY' }));
        return [...edit(id, { kind, participants }), ...this.aClaim(id, 'DATE', date, e)];
      }
      case 'cite': {
        const claim = this.one('Claim', a);
        return claim ? this.aCitation(claim, e, b) : [];
      }
      case 'birth':
        return person
          ? this.aClaim(
              person,
              b % 2 ? 'BIRTH' : 'NAME',
              b % 2 ? { date: { edtf: `19${10 + (c % 60)}` } } : { text: `Name ${c}` },
              e,
            )
          : [];
      case 'rename':
        return edit(person, { name: `Renamed ${c}`, aliases: [{ name: `Alias ${d}`, kind: 'NICKNAME' }] });
      case 'decide':
        return edit(b % 2 ? this.one('Claim', a) : this.one('Citation', a), {
          verdict: ['PROPOSED', 'ACCEPTED', 'REJECTED'][c % 3],
        });
      case 'hide':
        return edit(person, { visibility: ['PUBLIC', 'LIMITED', 'PRIVATE'][c % 3] });
      case 'reaimClaim':
        return edit(this.one('Claim', a), { subject: this.one(b % 3 ? 'Period' : 'Person', c) });
      case 'reaimPeriod':
        return edit(this.one('Period', a), { relationship: this.one('Relationship', b) });
      case 'reaimRelationship': {
        const id = this.one('Relationship', a);
        const record = id === undefined ? undefined : this.records.get(id);
        if (!record || !person) return [];
        return edit(id, inPartyOrder(record.kind as 'ROMANTIC', person, String(record.b)));
      }
      case 'reaimEvent':
        return person ? edit(this.one('Event', b), { participants: [{ person, role: 'PARTY' }] }) : [];
      case 'recite':
        return b % 2
          ? edit(this.one('Citation', a), { article: this.one('Article', c) })
          : edit(this.one('Citation', a), { claim: this.one('Claim', c) });
      case 'redate':
        return edit(this.one('Article', a), {
          published: ['2015', '2020-01-01', null][b % 3],
          basedOn: [this.one('Article', c)].filter((id) => id !== undefined && d % 2),
          title: `Title ${c}`,
        });
      case 'mention': {
        const article = this.one('Article', b);
        return person ? edit(article, { mentions: [{ surface: 'Title', part: 'TITLE', from: 0, to: 5, person }] }) : [];
      }
      case 'merge':
        return person && other && person !== other ? edit(person, { mergedInto: other }) : [];
      case 'split':
        return edit(this.all('Person').filter((id) => this.records.get(id)?.mergedInto)[0], { mergedInto: null });
      case 'drop':
        return this.withDependents(this.one(undefined, a)).map(
          (id): EditInput => ({ type: typeOfId(id) as RecordType, id, set: null }),
        );
      case 'bringBack': {
        const gone = [...this.gone].filter(([id]) => !this.records.has(id));
        const batch = b % 2 ? gone.slice(-6) : gone.slice(a % (gone.length + 1)).slice(0, 1);
        return batch.flatMap(([id, fields]) => edit(id, fields));
      }
      case 'resolve': {
        const claims = [this.one('Claim', a), this.one('Claim', b)];
        if (claims[0] === undefined || claims[0] === claims[1]) return [];
        return edit(this.id('Resolution'), { claims, kind: 'UNRESOLVABLE', note: 'So be it.', basis: 'x' });
      }
    }
  }

  private anArticle(d: number): EditInput[] {
    const set = {
      title: `Title ${d}`,
      kind: 'NEWS',
      outlet: `Outlet ${d % 3}`,
      published: '2020-01-01',
      retrieved: 20_000,
      mentionsReviewed: d % 2 === 0,
    };
    return [{ type: 'Article', id: this.id('Article'), set }];
  }

  private aClaim(subject: string, field: string, value: unknown, e: number): EditInput[] {
    const id = this.id('Claim');
    return [{ type: 'Claim', id, set: { subject, field, value, verdict: 'ACCEPTED' } }, ...this.aCitation(id, e, e)];
  }

  private aCitation(claim: string, e: number, b: number): EditInput[] {
    const articles = this.all('Article');
    const [made] = articles.length === 0 ? this.anArticle(e) : [];
    const article = made?.id ?? articles[b % articles.length];
    const set = { claim, article, quote: `Quote ${b}`, evidence: EVIDENCES[e % EVIDENCES.length], verdict: 'ACCEPTED' };
    return [...(made ? [made] : []), { type: 'Citation', id: this.id('Citation'), set }];
  }

  /** A record with whatever names it, however far. */
  private withDependents(id: string | undefined): string[] {
    if (id === undefined) return [];
    const found = new Set([id]);
    for (const each of found) {
      for (const [other, fields] of this.records)
        if (JSON.stringify({ ...fields, id: '' }).includes(each)) found.add(other);
    }
    return [...found].reverse();
  }

  private all(type: RecordType | undefined): string[] {
    return [...this.records.keys()].filter((id) => type === undefined || typeOfId(id) === type);
  }

  private one(type: RecordType | undefined, pick: number): string | undefined {
    const all = this.all(type);
    return all[pick % all.length];
  }

  private id(type: RecordType): string {
    this.made += 1;
    return idFromKey(type, `history ${this.made}`);
  }
}
