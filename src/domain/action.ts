/**
 * Every order under which a change stands in the log: the mutation that made it, but for `merge` of `mergePeople` and `undo` of
 * `undoChange` and `undoBatch`; `import` of files and of the demo graph. A closed list: nothing else is ever written.
 */
export const ACTIONS = [
  'addArticle',
  'addCitation',
  'aimClaim',
  'correctClaim',
  'createPerson',
  'decideClaims',
  'decideTakedown',
  'import',
  'markDifferent',
  'merge',
  'proposeClaims',
  'purgePerson',
  'rebindMention',
  'recordEvent',
  'recordRelationship',
  'requestTakedown',
  'resolveContradiction',
  'reviewMentions',
  'setVisibility',
  'undo',
  'updateArticle',
  'updateEvent',
  'updatePeriod',
  'updatePerson',
  'updateRelationship',
  'withdrawCitation',
] as const;

export type Action = (typeof ACTIONS)[number];
