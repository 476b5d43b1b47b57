import { describe, expect, test } from 'vitest';
import type { Mention } from '../../src/domain/records.js';
import { mentionsKept } from '../../src/domain/reopen.js';

const at = (part: Mention['part'], surface: string, from: number, person: string): Mention => ({
  ...{ part, surface, from, to: from + surface.length, person },
});
const told = (mentions: readonly Mention[]) => mentions.map(({ part, from, person }) => `${part} ${from} ${person}`);

describe('The mentions of an article with new words', () => {
  const was = { title: 'Ann weds', text: 'Ann met Bo.' };
  const mentions = [at('TITLE', 'Ann', 0, 'a'), at('TEXT', 'Ann', 0, 'a'), at('TEXT', 'Bo', 8, 'b')];

  test('stand wherever the names stand as words, and nowhere else', () => {
    expect(told(mentionsKept(mentions, was, was))).toEqual(told(mentions));
    expect(told(mentionsKept(mentions, was, { title: 'Of Anna, not Ann', text: 'Bo and Ann. Bo, too: Bob.' }))).toEqual(
      [...['TITLE 13 a', 'TEXT 0 b', 'TEXT 7 a', 'TEXT 12 b']],
    );
    expect(told(mentionsKept(mentions, was, { title: 'They wed', text: null }))).toEqual([]);
  });

  test('stay where they stood alone, where two people have one name', () => {
    const two = [at('TEXT', 'Ann', 0, 'a'), at('TEXT', 'Ann', 8, 'c')];
    const text = 'Ann met Ann.';

    expect(told(mentionsKept(two, { title: 'x', text }, { title: 'x', text: `${text} Ann.` }))).toEqual(told(two));
    expect(told(mentionsKept(two, { title: 'x', text }, { title: 'x', text: 'So Ann.' }))).toEqual([]);
  });

  test('move with a name that no spaces part from other words', () => {
    const one = [at('TEXT', '王明', 0, 'a')];

    expect(told(mentionsKept(one, { title: 'x', text: '王明说' }, { title: 'x', text: '今天王明说' }))).toEqual([
      'TEXT 2 a',
    ]);
  });
});
