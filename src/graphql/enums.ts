import { registerEnumType } from 'type-graphql';
import type { Standing as StandingNumber } from '../domain/evidence.js';
import type { Certainty as CertaintyWord, Status as StatusWord } from '../domain/interval.js';

/** Registers a closed list of words, each with its description, as a GraphQL enum; the answer is what decorators name. */
export function enumOf<Word extends string>(
  name: string,
  description: string,
  words: Record<Word, string>,
): Record<Word, Word> {
  const values = Object.fromEntries(Object.keys(words).map((word) => [word, word])) as Record<Word, Word>;
  registerEnumType<Record<string, string>>(values, { name, description, valuesConfig: describedBy(words) });
  return values;
}

function describedBy(words: Record<string, string>): Record<string, { description: string }> {
  return Object.fromEntries(Object.entries(words).map(([word, description]) => [word, { description }]));
}

export const Certainty = enumOf<CertaintyWord>('Certainty', 'The answer to a question about uncertain time.', {
  YES: 'True for every choice of days that the bounds allow.',
  POSSIBLE: 'True for some choice of days that the bounds allow, not for all.',
  NO: 'True for no choice of days that the bounds allow.',
});

export type AtLeastWord = 'CERTAIN' | 'POSSIBLE';

export const AtLeast = enumOf<AtLeastWord>('AtLeast', 'How certain a match must be to be listed.', {
  CERTAIN: 'Only what is YES.',
  POSSIBLE: 'What is YES or POSSIBLE.',
});

export const Status = enumOf<StatusWord>('Status', 'Where something that can end stands today.', {
  ENDED: 'It is certainly over.',
  ENDING: 'An end is stated; it may or may not have come.',
  CURRENT: 'No end is known, and a source says within the last year that it goes on.',
  STALE: 'No end is known, and no source of the last year says that it goes on.',
});

/** Orders as the domain does: a greater number is better established. */
export const Standing: Record<'REJECTED' | 'PROPOSED' | 'RUMOURED' | 'REPORTED' | 'CONFIRMED', StandingNumber> = {
  REJECTED: -1,
  PROPOSED: 0,
  RUMOURED: 1,
  REPORTED: 2,
  CONFIRMED: 3,
};

registerEnumType(Standing, {
  name: 'Standing',
  description: 'How well something is established, from least to best.',
  valuesConfig: describedBy({
    REJECTED: 'Every claim for it was rejected.',
    PROPOSED: 'Nobody has accepted a claim for it yet.',
    RUMOURED: 'A source says so, and no better one does.',
    REPORTED: 'A named witness, a data set, or two outlets that do not copy each other say so.',
    CONFIRMED: 'An official record or a side itself says so, and no side denies it.',
  }),
});
