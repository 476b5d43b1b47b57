import type { Change } from '../../src/domain/change.js';
import { type Article, typeOfId } from '../../src/domain/records.js';
import type { RecordType, Verdict } from '../../src/domain/words.js';
import { aimClaim } from '../../src/editing/aim.js';
import { rebindMention, updateArticle } from '../../src/editing/article.js';
import { addCitation, correctClaim, proposeClaims, withdrawCitation } from '../../src/editing/claim.js';
import { decideClaims } from '../../src/editing/decide.js';
import type { Editor } from '../../src/editing/editor.js';
import { recordEvent, updateEvent } from '../../src/editing/event.js';
import { markDifferent, mergePeople } from '../../src/editing/merge.js';
import { setVisibility, updatePerson } from '../../src/editing/person.js';
import { recordRelationship, updatePeriod, updateRelationship } from '../../src/editing/relationship.js';
import { resolveContradiction } from '../../src/editing/resolve.js';
import type { Saying } from '../../src/editing/say-claim.js';
import { undo } from '../../src/editing/undo.js';
import type { Graph } from '../../src/graph/graph.js';
import { claims as claimsById } from '../../src/store/claim.js';
import { loadRecords, type Stored } from '../../src/store/load.js';
import type { Telling } from './telling.js';

/** What a step of a random history works with. */
export interface Life {
  graph: Graph;
  story: Telling;
  /** Who is there at the beginning. */
  people: readonly string[];
  random: () => number;
  /** The name of the step, a part of every id that it makes. */
  id: string;
  /** The changes made so far. */
  done: readonly Change[];
}

export const TEXT = 'Ann met Bo. They say so.';
const YEARS = ['2001', '2004-05', '2007-08-09', '2010~', '[2012..2014]'];
const TYPES = ['DATING', 'ENGAGED', 'MARRIED', 'PARTNERSHIP'] as const;

type Step = (life: Life) => Promise<Change | null>;

export const editorOf = ({ graph, id }: Pick<Life, 'graph' | 'id'>): Editor => ({
  ...{ graph, actor: 'bo', at: '2026-03-01T00:00:00Z' },
  ...{ changeId: `chg_${id}`, note: null },
});

const pick = <T>({ random }: Life, some: readonly T[]): T => some[Math.floor(random() * some.length)] as T;
const tell = ({ story, id }: Life) => story.tell({ id: `chg_${id}` });

/** A record of this type, or null where there is none. */
async function one(life: Life, label: RecordType | 'Contradiction'): Promise<string | null> {
  const rows = await life.graph.read(`MATCH (n:${label}) RETURN n.id AS id ORDER BY id`);
  return rows.length === 0 ? null : String(pick(life, rows).id);
}

/** Does something with a record of a type and its revision, where there is one. */
function withOne(label: RecordType, work: (life: Life, id: string, revision: number) => Promise<Change | null>): Step {
  return async (life) => {
    const id = await one(life, label);
    if (id === null) return null;
    const [claim] = typeOfId(id) === 'Claim' ? await claimsById(life.graph, [id]) : [];
    const revision = claim?.revision ?? (await loadRecords(life.graph, [id])).get(id)?.revision;
    return work(life, id, Number(revision));
  };
}

async function said(life: Life, field: 'START' | 'END' | 'DATE'): Promise<Saying> {
  const article = String(await one(life, 'Article'));
  const edtf = pick(life, YEARS);
  const evidence = pick(life, ['RECORD', 'OUTLET', 'WITNESS'] as const);
  const cite = [{ article, quote: 'They say so.', evidence, side: null, from: null }];
  return { field, polarity: 'ASSERTS', value: { date: { edtf } }, cite };
}

const pair = (life: Life) => ({
  ...({ kind: 'ROMANTIC', a: pick(life, life.people), b: pick(life, life.people), type: pick(life, TYPES) } as const),
  ...{ startedBy: null, endedBy: null, separate: life.random() < 0.3 },
});

/** What writes records as they come: imports and stories. */
const TOLD: Record<string, Step> = {
  marry: (life) => {
    const [a, b] = [pick(life, life.people), pick(life, life.people)];
    life.story.marriage(a, b, { start: pick(life, YEARS), ...(life.random() < 0.5 && { end: '2016' }) });
    return tell(life);
  },
  date: (life) => {
    const couple = life.story.relationship('ROMANTIC', pick(life, life.people), pick(life, life.people));
    life.story.period(couple, 'DATING', { start: pick(life, YEARS) });
    return tell(life);
  },
  bear: (life) => {
    life.story.born(pick(life, life.people), pick(life, YEARS));
    return tell(life);
  },
  die: (life) => {
    life.story.claim(pick(life, life.people), 'DEATH', { date: { edtf: pick(life, YEARS) } }, { evidence: 'RECORD' });
    return tell(life);
  },
  disagree: withOne('Period', (life, id) => {
    for (const edtf of ['2015', '2017-02']) life.story.claim(id, 'END', { date: { edtf } }, { evidence: 'RECORD' });
    return tell(life);
  }),
  decideQuote: withOne('Citation', (life, id) => {
    life.story.edit('Citation', id, { verdict: pick<Verdict>(life, ['PROPOSED', 'ACCEPTED', 'REJECTED']) });
    return tell(life);
  }),
};

/** What editors do, each by its intention. */
const EDITED: Record<string, Step> = {
  propose: async (life) => {
    const sayings = [await said(life, 'START'), await said(life, 'END')];
    return proposeClaims(editorOf(life), [{ about: pair(life), sayings }], 'PROPOSED');
  },
  record: async (life) => recordRelationship(editorOf(life), pair(life), [await said(life, 'START')]),
  beget: async (life) => {
    const family = { ...pair(life), kind: 'PARENT_CHILD' as const, type: 'BIOLOGICAL' as const };
    const sayings = [await said(life, 'START')];
    if (life.random() < 0.5) return recordRelationship(editorOf(life), family, sayings);
    return proposeClaims(editorOf(life), [{ about: family, sayings }], 'PROPOSED');
  },
  turn: withOne('Relationship', (life, id, revision) =>
    updateRelationship(editorOf(life), id, { parent: pick(life, life.people) }, revision),
  ),
  join: withOne('Event', async (life, subject) => {
    const value = { person: pick(life, life.people), role: 'GUEST' as const };
    const sayings = [{ ...(await said(life, 'DATE')), field: 'PARTICIPANT' as const, value }];
    return proposeClaims(editorOf(life), [{ about: { subject }, sayings }], pick(life, ['PROPOSED', 'ACCEPTED']));
  }),
  speak: withOne('Event', async (life, subject) => {
    const stored = (await loadRecords(life.graph, [subject])).get(subject) as Stored<'Event'>;
    const side = pick(life, stored.record.participants).person;
    const { cite, ...saying } = await said(life, 'DATE');
    const word = cite.map((quote) => ({ ...quote, evidence: 'PRINCIPAL' as const, side }));
    const polarity = pick(life, ['ASSERTS', 'DENIES'] as const);
    const denial = { field: 'EXISTS' as const, value: { state: 'PAST' as const }, polarity };
    const what = {
      ...saying,
      ...(life.random() < 0.4 && denial),
      cite: life.random() < 0.3 ? [...word, ...cite] : word,
    };
    return proposeClaims(
      editorOf(life),
      [{ about: { subject }, sayings: [what] }],
      pick(life, ['PROPOSED', 'ACCEPTED']),
    );
  }),
  happen: async (life) => {
    const participants = [{ person: pick(life, life.people), role: 'PARTY' as const }];
    return recordEvent(editorOf(life), { kind: 'APPEARANCE', participants }, [await said(life, 'DATE')]);
  },
  decide: withOne('Claim', (life, claim, revision) => {
    const verdict = pick<Verdict>(life, ['PROPOSED', 'ACCEPTED', 'REJECTED']);
    const reason = verdict === 'REJECTED' ? 'WRONG_VALUE' : null;
    return decideClaims(editorOf(life), [{ claim, verdict, reason, note: null, citations: null, revision }]);
  }),
  correct: withOne('Claim', (life, id, revision) =>
    correctClaim(
      editorOf(life),
      id,
      { field: pick(life, ['START', 'END']), value: { date: { edtf: pick(life, YEARS) } } },
      'ACCEPTED',
      revision,
    ),
  ),
  aim: withOne('Claim', async (life, id, revision) => {
    const subject = await one(life, 'Period');
    const aims = [{ newPeriod: pick(life, TYPES) }, pair(life), ...(subject === null ? [] : [{ subject }])];
    return aimClaim(editorOf(life), id, pick(life, aims), revision);
  }),
  cite: withOne('Claim', async (life, id) => {
    const [cite] = (await said(life, 'START')).cite;
    return cite === undefined ? null : addCitation(editorOf(life), id, cite, pick(life, ['PROPOSED', 'ACCEPTED']));
  }),
  withdraw: withOne('Citation', (life, id, revision) => withdrawCitation(editorOf(life), id, revision)),
  retype: withOne('Period', (life, id, revision) =>
    updatePeriod(editorOf(life), id, { type: pick(life, TYPES) }, revision),
  ),
  start: withOne('Period', async (life, id, revision) =>
    updatePeriod(editorOf(life), id, { startedBy: await one(life, 'Event') }, revision),
  ),
  rename: withOne('Person', (life, id, revision) => {
    const aliases = [{ name: life.id, kind: 'NICKNAME' as const }];
    return updatePerson(editorOf(life), id, { name: `Name ${life.id}`, aliases }, revision);
  }),
  hide: withOne('Person', (life, id, revision) =>
    setVisibility(editorOf(life), id, pick(life, ['PUBLIC', 'LIMITED', 'PRIVATE']), revision),
  ),
  attend: withOne('Event', (life, id, revision) => {
    const participants = life.people.slice(0, 2).map((person) => ({ person, role: 'PARTY' as const }));
    return updateEvent(editorOf(life), id, { participants, kind: pick(life, ['MET', 'WEDDING']) }, revision);
  }),
  rewrite: withOne('Article', (life, id, revision) => {
    const text = pick(life, [TEXT, `Corrected. ${TEXT}`, 'Ann met Bo.', null]);
    return updateArticle(editorOf(life), id, { text }, null, { revision });
  }),
  redate: withOne('Article', (life, id, revision) =>
    updateArticle(editorOf(life), id, { published: pick(life, ['2018', '2020-01-01', null]) }, null, { revision }),
  ),
  rebind: withOne('Article', async (life, id, revision) => {
    const article = (await loadRecords(life.graph, [id])).get(id)?.record as Article | undefined;
    const mention = article?.mentions[0];
    const person = life.random() < 0.7 ? pick(life, life.people) : null;
    const place = { part: 'TEXT', from: mention?.from ?? 0, person } as const;
    return mention === undefined ? null : rebindMention(editorOf(life), id, place, { revision });
  }),
  merge: (life) =>
    mergePeople(editorOf(life), { keep: pick(life, life.people), from: pick(life, life.people), large: false }),
  tellApart: (life) => markDifferent(editorOf(life), pick(life, life.people), pick(life, life.people)),
  resolve: async (life) => {
    const id = await one(life, 'Contradiction');
    if (id === null) return null;
    const [row] = await life.graph.read('MATCH (k:Contradiction {id: $id}) RETURN k.claims AS claims', { id });
    const kind = pick(life, ['PREFER', 'PREFER', 'DIFFERENT_THINGS', 'UNRESOLVABLE'] as const);
    const prefer = kind === 'PREFER' ? pick(life, row?.claims as string[]) : null;
    return resolveContradiction(editorOf(life), id, { kind, prefer, note: 'So be it', revision: null });
  },
  takeBack: async (life) => {
    if (life.done.length === 0) return null;
    return (await undo(editorOf(life), pick(life, life.done).id, false)).change;
  },
};

export const STEPS: Record<string, Step> = { ...TOLD, ...EDITED };

/** Does one random thing. */
export const randomStep = (life: Life): Promise<Change | null> => pick(life, Object.values(STEPS))(life);
