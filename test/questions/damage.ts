import { sortKey } from '../../src/domain/names.js';
import type { Graph } from '../../src/graph/graph.js';
import type { Search } from '../../src/questions/search.js';

/**
 * How well search finds people whose names are typed badly. Two hundred names of two words or more are drawn with a seed and damaged
 * in turn: a TYPO (in one word of five letters or more, else in none: one letter dropped, doubled, replaced or swapped with the next),
 * ACCENTS (all lost, and capitals and signs with them), ORDER (the last word first) and INITIALS (every word but the last cut to
 * its first letter). Recall at 10 is the share of those whose person is among the first ten hits.
 */
export const DAMAGES = ['TYPO', 'ACCENTS', 'ORDER', 'INITIALS'] as const;
export type Damage = (typeof DAMAGES)[number];

export type Random = (below: number) => number;

/** Whole numbers from 0 to below a limit, the same ones for the same seed. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

export function damaged(name: string, damage: Damage, random: Random): string {
  const words = name.split(/\s+/);
  switch (damage) {
    case 'TYPO':
      return withTypo(words, random).join(' ');
    case 'ACCENTS':
      return name
        .normalize('NFD')
        .replace(/\p{M}/gu, '')
        .toLowerCase()
        .replace(/['’.-]/g, '');
    case 'ORDER':
      return [words.at(-1), ...words.slice(0, -1)].join(' ');
    case 'INITIALS':
      return [...words.slice(0, -1).map((word) => `${[...word][0]}.`), words.at(-1)].join(' ');
  }
}

function withTypo(words: readonly string[], random: Random): string[] {
  const long = words.flatMap((word, at) => (/^\p{L}{5,}$/u.test(word) ? [at] : []));
  const chosen = long[random(Math.max(1, long.length))];
  return words.map((word, at) => (at === chosen ? mistyped(word, random) : word));
}

function mistyped(word: string, random: Random): string {
  const at = random(word.length - 1);
  const [before, one, other, after] = [word.slice(0, at), word[at] ?? '', word[at + 1] ?? '', word.slice(at + 2)];
  const letter = 'abcdefghijklmnopqrstuvwxyz'[random(26)] ?? '';
  return before + ([other, one + one + other, letter + other, other + one][random(4)] ?? '') + after;
}

export interface Recall {
  /** Of all damages together, and of each. */
  all: number;
  of: Record<Damage, number>;
  missed: string[];
}

/** Recall at 10 over `count` of the names, by person id. */
export async function recallAt10(search: Search, named: ReadonlyMap<string, string>, count: number): Promise<Recall> {
  const random = seeded(2014);
  const people = [...named].filter(([, name]) => name.trim().includes(' '));
  const found: Record<Damage, number> = { TYPO: 0, ACCENTS: 0, ORDER: 0, INITIALS: 0 };
  const missed: string[] = [];
  for (let at = 0; at < count; at += 1) {
    const [id, name] = people[random(people.length)] ?? ['', ''];
    const damage = DAMAGES[at % DAMAGES.length] ?? 'TYPO';
    const text = damaged(name, damage, random);
    const sight = { level: 0, minors: 'hide', today: 20_500 } as const;
    const { hits } = await search.search({ text, types: ['PERSON'], first: 10, after: null }, sight);
    if (hits.some((hit) => hit.id === id)) found[damage] += 1;
    else missed.push(`${damage} ${name}: ${text}`);
  }
  const share = (damage: Damage) => found[damage] / (count / DAMAGES.length);
  const of = { TYPO: share('TYPO'), ACCENTS: share('ACCENTS'), ORDER: share('ORDER'), INITIALS: share('INITIALS') };
  return { all: (count - missed.length) / count, of, missed };
}

/** People with these names and nothing else, written past `commit`, which a test of finding alone has no use for; answers names by id. */
export async function plantNames(graph: Graph, names: readonly string[]): Promise<Map<string, string>> {
  const gate = { gate: 0, floor: 0, adultFrom: -1_000_000_000, revision: 1, aliases: '[]' };
  const rows = names.map((name, at) => ({ id: `per_n${at}`, name, sort: sortKey(name, `per_n${at}`), ...gate }));
  for (let at = 0; at < rows.length; at += 500) {
    await graph.write((transaction) =>
      transaction.run('UNWIND $rows AS row CREATE (p:Person) SET p = row', { rows: rows.slice(at, at + 500) }),
    );
  }
  return new Map(rows.map(({ id, name }) => [id, name]));
}

const FIRST = [
  'Zoë',
  'José',
  'Anaïs',
  'Robert',
  'Jennifer',
  'Łukasz',
  'Siobhán',
  'Mary-Kate',
  'Renée',
  'Björn',
  'Maria',
];
const SYLLABLES = [
  'ka',
  'ro',
  'mé',
  'lin',
  'der',
  'ston',
  'vič',
  'ber',
  'gas',
  'tü',
  'nor',
  'wel',
  'shi',
  'pol',
  'qua',
];

/** Distinct made-up names of two words: what a default test run has in place of the large file. */
export function madeUpNames(count: number): string[] {
  const random = seeded(7);
  const pick = (list: readonly string[]) => list[random(list.length)] ?? '';
  const names = new Set<string>();
  while (names.size < count) {
    const last = Array.from({ length: 2 + random(2) }, () => pick(SYLLABLES)).join('');
    names.add(`${pick(FIRST)} ${last[0]?.toUpperCase()}${last.slice(1)}`);
  }
  return [...names];
}
