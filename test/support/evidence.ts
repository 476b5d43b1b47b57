import { UNBOUNDED } from '../../src/domain/day.js';
import type {
  CitedBy,
  CitedClaim,
  EventEvidence,
  Interval,
  Life,
  PeriodEvidence,
  RelationshipEvidence,
} from '../../src/domain/evidence.js';
import { parsePartialDate } from '../../src/domain/partial-date.js';
import type { ClaimValue, Resolution } from '../../src/domain/records.js';
import type { Evidence, Field, Kind, PeriodType, Verdict } from '../../src/domain/words.js';

/** Evidence built by hand, for the pure projection. Days are EDTF; whatever a test is not about has a default. */

export const ANN = 'per_ann';
export const BO = 'per_bo';

export const days = (edtf: string): Interval => {
  const { min, max } = parsePartialDate(edtf);
  return { min, max };
};
export const day = (edtf: string): number => days(edtf).min;
export const ANY: Interval = { min: -UNBOUNDED, max: UNBOUNDED };

let made = 0;
const nextId = (prefix: string): string => {
  made += 1;
  return `${prefix}${String(made).padStart(6, '0')}`;
};

interface Cited {
  side?: string;
  sideIsPublic?: boolean;
  outlet?: string;
  /** Ids and outlets of the sources that the article goes back to; itself by default. */
  roots?: { id: string; outlet: string | null }[];
  verdict?: Verdict;
}

export function citation(evidence: Evidence, published: string | Interval, cited: Cited = {}): CitedBy {
  const article = nextId('art_');
  const outlet = cited.outlet ?? null;
  return {
    citation: {
      id: nextId('cit_'),
      claim: 'clm_1',
      article,
      quote: 'As it says.',
      from: null,
      to: null,
      evidence,
      side: cited.side ?? null,
      verdict: cited.verdict ?? 'ACCEPTED',
    },
    article: {
      id: article,
      kind: evidence === 'DATASET' ? 'DATASET' : 'NEWS',
      outlet,
      day: typeof published === 'string' ? days(published) : published,
      roots: cited.roots ?? [{ id: article, outlet }],
    },
    sideIsPublic: cited.sideIsPublic ?? cited.side !== undefined,
  };
}

export const record = (published = '2024') => citation('RECORD', published);
export const dataset = (published = '2024') => citation('DATASET', published);
export const witness = (published = '2024') => citation('WITNESS', published);
export const outlet = (name: string, published = '2024') => citation('OUTLET', published, { outlet: name });
export const unnamed = (published = '2024') => citation('UNNAMED_SOURCE', published);
export const principal = (side: string, published = '2024') => citation('PRINCIPAL', published, { side });
export const agent = (side: string, published = '2024') => citation('REPRESENTATIVE', published, { side });
/** The word of somebody who isn't established. */
export const fan = (side: string, published = '2024') =>
  citation('PRINCIPAL', published, { side, sideIsPublic: false });

/** An accepted assertion; a bare text is a date, or for END and the like a state. */
export function claim(field: Field, value: string | ClaimValue, ...citations: CitedBy[]): CitedClaim {
  return {
    claim: {
      id: nextId('clm_'),
      subject: 'prd_1',
      field,
      value: typeof value === 'string' ? valueFrom(field, value) : value,
      polarity: 'ASSERTS',
      verdict: 'ACCEPTED',
      verdictNote: null,
      extractor: 'person',
    },
    citations: citations.length > 0 ? citations : [record()],
  };
}

function valueFrom(field: Field, text: string): ClaimValue {
  if (/^(PRESENT|PAST|PARTED|ENDED|ONGOING)$/.test(text)) return { state: text } as ClaimValue;
  if (field === 'END_REASON') return { reason: text } as ClaimValue;
  return field === 'NAME' || field === 'OCCUPATION' || field === 'PLACE' ? { text } : { date: { edtf: text } };
}

export function change(cited: CitedClaim, changes: Partial<CitedClaim['claim']>): CitedClaim {
  return { ...cited, claim: { ...cited.claim, ...changes } };
}

export const denial = (field: Field, value: string | ClaimValue, ...citations: CitedBy[]): CitedClaim =>
  change(claim(field, value, ...citations), { polarity: 'DENIES' });

export const withVerdict = (verdict: Verdict, cited: CitedClaim): CitedClaim => change(cited, { verdict });

export function period(
  type: PeriodType,
  claims: readonly CitedClaim[],
  rest: Partial<Omit<PeriodEvidence, 'claims' | 'period'>> & { id?: string } = {},
): PeriodEvidence {
  const { id = nextId('prd_'), startedBy = null, endedBy = null } = rest;
  return {
    period: { id, relationship: 'rel_1', type, startedBy: null, endedBy: null, mergedInto: null },
    claims: claims.map((each) => change(each, { subject: id })),
    startedBy,
    endedBy,
  };
}

export function life(id: string, birth: Interval = ANY, death: Interval = ANY): Life {
  const told = (days: Interval) => ({ ...days, from: null, to: null, isTold: true });
  return { id, floor: 0, birth: told(birth), death: told(death) };
}

export function relationship(
  periods: readonly PeriodEvidence[],
  rest: Partial<Omit<RelationshipEvidence, 'relationship' | 'periods'>> & { kind?: Kind } = {},
): RelationshipEvidence {
  const {
    kind = 'ROMANTIC',
    lives = [life(ANN), life(BO)],
    claims = [],
    reconciliations = [],
    resolutions = [],
    others = [],
  } = rest;
  return {
    relationship: { id: 'rel_1', kind, a: ANN, b: BO, mergedInto: null },
    lives,
    claims: claims.map((each) => change(each, { subject: 'rel_1' })),
    periods,
    reconciliations,
    resolutions,
    others,
  };
}

export function subject(
  id: string,
  claims: readonly CitedClaim[],
  resolutions: readonly Resolution[] = [],
): EventEvidence {
  return { id, claims: claims.map((each) => change(each, { subject: id })), resolutions, others: [], present: [] };
}
