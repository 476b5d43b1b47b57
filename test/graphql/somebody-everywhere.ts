import { idFromKey } from '../../src/domain/ids.js';
import type { Visibility } from '../../src/domain/words.js';
import type { Graph, Row } from '../../src/graph/graph.js';
import type { Telling } from '../support/telling.js';
import { answerOf } from './asking.js';

export const NAME = 'Zephyrine Quillfeather';
/** Every word by which anybody could recognise her, in lower case. */
export const TRACES =
  /zephyr|quillf|moonhollow|bra?\u0301?[áa]?kborn|featherquill|quillo|zq-moon|99887766|xanadu|brackenpoint|flautist|nonsuch|whisperwood|ゼフィリン/iu;
export const SLUG = 'zephyrine-quillfeather';
export const KEY = 'demo:zq';
export const ZEPH = idFromKey('Person', KEY);

/** Her, with nothing around her. */
export function tellHer(story: Telling, visibility: Visibility = 'PUBLIC'): void {
  story.edit('Person', ZEPH, { name: NAME, slug: SLUG, visibility, adult: true });
}

/** What an article tells of her and others. */
export const TEXT =
  'Ann met ZEPHYRINE Quillfeather at Oak Hall. Zéphyrine-Quillfeather’s friend Bo danced with Quillo. Ann and Bo married in 2010. Ýrsa Brakborn sang.';
const place = (words: string, person: string) => {
  const from = TEXT.indexOf(words);
  return { surface: words, part: 'TEXT' as const, from, to: from + words.length, person };
};

/** Her, in every place where somebody can stand; the ids of what should stay. */
export async function tellEverywhere(graph: Graph, story: Telling) {
  const ann = story.person('Ann');
  const bo = story.person('Bo');
  const twin = story.person('Featherquill, Z.', { description: 'The flautist', externalIds: ['imdb:zq-moon'] });
  await story.tell();
  story.edit('Person', ZEPH, {
    ...{ name: NAME, slug: SLUG, visibility: 'PUBLIC', adult: true, externalIds: ['wikidata:Q99887766'] },
    aliases: [
      { name: 'Zeffy Moonhollow', kind: 'NICKNAME' },
      { name: 'Ýrsa Brákborn', kind: 'BIRTH_NAME' },
      { name: 'Quillo', kind: 'STAGE_NAME' },
      { name: 'ゼフィリン', kind: 'SPELLING' },
    ],
    ...{ description: 'A flautist of Xanadu', notSameAs: [ann] },
  });
  await story.tell({ note: `Why ${NAME}? For Brackenpoint.`, batch: 'import of zephyrine-quillfeather' });
  const stage = story.article('Ann hears the flautist');
  const alone = story.article('Quillo, that is Zephyrine Quillfeather');
  story.article('Again on Zephyrine Quillfeather', { basedOn: [alone] });
  story.article('The life of Zephyrine Quillfeather', {
    url: 'https://example.org/zephyrine-quillfeather',
  });
  const life = story.marriage(ZEPH, ann, { start: '2001', end: '2005' });
  story.claim(life, 'END', { date: { edtf: '2007-05-01', text: 'when Quillo left' } }, { evidence: 'RECORD' });
  story.period(story.relationship('FRIEND', ZEPH, bo), 'UNSPECIFIED', { start: '2002' });
  story.marriage(bo, twin, { start: '2003', end: '2004' });
  story.claim(ZEPH, 'NAME', { text: 'Zephirina Whisperwood' });
  story.claim(ZEPH, 'OCCUPATION', { text: 'flautist' }, { verdict: 'REJECTED' });
  story.born(ZEPH, '1970');
  const party = story.event(
    'APPEARANCE',
    [
      { person: ZEPH, role: 'GUEST' },
      { person: ann, role: 'OTHER' },
    ],
    '2004',
  );
  story.claim(party, 'PLACE', { text: 'The house of Quillo' });
  story.claim(party, 'PARTICIPANT', { person: ZEPH, role: 'GUEST' }, { side: ZEPH, evidence: 'PRINCIPAL' });
  story.event(
    'WEDDING',
    [
      { person: ZEPH, role: 'PARTY' },
      { person: ann, role: 'PARTY' },
    ],
    '2001',
  );
  story.article('Quillo speaks');
  story.born(ZEPH, '1971');
  story.born(bo, '1972');
  const paper = story.article('Ann, Bo and zephyrine quillfeather', {
    ...{ text: TEXT, url: 'https://example.org/a?who=Z%C3%A9phyrine+Quillfeather', author: NAME },
    mentions: [place('Ann', ann), place('ZEPHYRINE Quillfeather', ZEPH), place('Bo', bo), place('Quillo', ZEPH)],
  });
  story.marriage(ann, bo, { start: '2010' }, { by: paper, quoted: { quote: TEXT.slice(44, 120), from: 44 } });
  await story.tell({ note: 'The flautist and all the others' });
  const there = { part: 'TITLE', from: 0, to: 3 } as const;
  const mentions = [
    { ...there, surface: 'Ann', person: ann },
    { ...there, surface: 'flautist', from: 14, to: 22, person: ZEPH },
  ];
  story.edit('Article', stage, { mentions });
  await story.tell();
  await answerOf(
    graph,
    'mutation ($k: ID!, $f: ID!) { mergePeople(keep: $k, from: $f, note: "Featherquill is Zephyrine Quillfeather") { change { id } } }',
    { role: 'ADMIN', variables: { k: ZEPH, f: twin } },
  );
  return { ann, bo, twin, party, paper };
}

/** What tells of her in a graph. */
export async function tracesIn(graph: Graph): Promise<string[]> {
  return (await linesOf(graph)).filter((line) => TRACES.test(line));
}

/** Every property of every node and edge, a line each. */
export async function linesOf(graph: Graph): Promise<string[]> {
  const nodes = await graph.read('MATCH (n) RETURN labels(n) AS what, n {.*} AS props');
  const edges = await graph.read('MATCH (a)-[e]->(b) RETURN type(e) AS what, a.id AS a, b.id AS b, e {.*} AS props');
  return [...nodes, ...edges].flatMap(({ what, a, b, props }) => [
    ...Object.entries(props as Row).map(([key, value]) => `${String(what)}.${key} ${JSON.stringify(value)}`),
    ...(a === undefined ? [] : [`${String(what)} ${String(a)} ${String(b)}`]),
  ]);
}

/** Where these ids stand, but for longer words that hold them. */
export async function placesOf(graph: Graph, ids: readonly string[]): Promise<string[]> {
  const lines = (await linesOf(graph)).filter((line) => ids.some((id) => line.includes(id)));
  return [...new Set(lines.map((line) => String(line.split(' ')[0])))].sort();
}

/** What hangs on nothing, and so should not be. */
export const orphansIn = (graph: Graph) =>
  graph
    .read('MATCH (n) WHERE COUNT { (n)--() } = 0 RETURN labels(n) AS labels, n.id AS id')
    .then((rows) => rows.filter(({ labels }) => !/Graph|Person|Opening|Takedown/.test(String(labels))));
