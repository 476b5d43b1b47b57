import type { Graph } from '../../src/graph/graph.js';
import { Telling } from './telling.js';

/** A graph in which every record, edge and derived property occurs. */
export async function everything(graph: Graph): Promise<void> {
  const story = new Telling(graph);
  const [ann, bo, cy] = [story.person('Ann'), story.person('Bo'), story.person('Cy', { adult: false })];
  const agency = story.article('Agency', { kind: 'RECORD' });
  const text = 'Ann married Bo in 2010.';
  const mentions = [{ surface: 'Ann', part: 'TEXT', from: 0, to: 3, person: ann } as const];
  story.article('Copy', { text, mentions, basedOn: [agency] });
  story.born(ann, '1980-05', { by: agency });
  story.claim(ann, 'DEATH', { date: { edtf: '2019' } }, { by: agency });
  story.claim(ann, 'OCCUPATION', { text: 'singer' }, { by: agency, evidence: 'PRINCIPAL', side: ann });
  const wedding = story.event(
    'WEDDING',
    [ann, bo].map((person) => ({ person, role: 'PARTY' as const })),
    '2010-06',
    { by: agency },
  );
  const marriage = story.marriage(ann, bo, { apart: '2012', end: '2014-06-12' }, { by: agency });
  story.edit('Period', marriage, { startedBy: wedding, endedBy: wedding });
  story.edit('Period', marriage, { endedBy: null });
  const later = story.claim(marriage, 'END', { date: { edtf: '2016' } }, { by: agency, evidence: 'RECORD' });
  story.claim(marriage, 'END', { date: { edtf: '2014' } }, { by: agency, evidence: 'RECORD' });
  story.edit('Person', bo, { notSameAs: [cy], aliases: [{ name: 'Bobby', kind: 'NICKNAME' }] });
  story.period(story.relationship('PARENT_CHILD', ann, cy), 'BIOLOGICAL', {}, { by: agency, evidence: 'RECORD' });
  await story.tell();
  const other = story.person('Ann B.', { mergedInto: ann });
  const sought = 'Ann married Bo';
  story.edit('Claim', later, { verdictNote: 'as the court says' });
  story.edit('Citation', 'cit_withspan', {
    claim: later,
    article: story.article('Text', { text, kind: 'NEWS' }),
    quote: sought,
    from: 0,
    to: sought.length,
    evidence: 'OUTLET',
    verdict: 'ACCEPTED',
  });
  await story.tell({ note: `about ${other}` });
}

/** Another value of the same kind. */
export const changed = (value: unknown) => {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  return value === null || value === undefined ? 'x' : `${String(value)}x`;
};
