type EndClaims = { field: 'END' | 'END_REASON' | 'APART'; value: unknown }[];

/** Words for the end of a marriage in data sets, and what they claim. */
const REASON_OF: Readonly<Record<string, string>> = {
  div: 'DIVORCE',
  divorce: 'DIVORCE',
  ann: 'ANNULMENT',
  annulment: 'ANNULMENT',
  void: 'ANNULMENT',
  d: 'DEATH',
  died: 'DEATH',
  death: 'DEATH',
  'date of death': 'DEATH',
  'death of subject': 'DEATH',
  "death of subject's spouse": 'DEATH',
  'conscious uncoupling': 'OTHER',
};

/** A couple that separated has parted; their marriage may go on in law. */
const PARTINGS: ReadonlySet<string> = new Set(['sep', 'marital separation', 'legal separation']);

/** Whether a word for an end is one that `endClaims` reads. */
export function readsCause(cause: string): boolean {
  return cause === '' || cause in REASON_OF || PARTINGS.has(cause);
}

/**
 * What a row with an end date (EDTF or null) and a word for its cause says: an END and its reason, or, of a separation, APART.
 * No end and no cause say nothing about the end.
 */
export function endClaims(end: string | null, cause: string): EndClaims {
  if (PARTINGS.has(cause)) return [{ field: 'APART', value: end === null ? { state: 'PARTED' } : { date: end } }];
  const reason = REASON_OF[cause];
  if (end === null && reason === undefined) return [];
  return [
    { field: 'END', value: end === null ? { state: 'ENDED' } : { date: end } },
    ...(reason === undefined ? [] : [{ field: 'END_REASON' as const, value: { reason } }]),
  ];
}
