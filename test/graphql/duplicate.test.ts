import { describe, expect, test } from 'vitest';
import { enginesHere } from '../support/engines.js';
import { Telling } from '../support/telling.js';
import { ask } from './asking.js';

const DUPLICATES = 'query ($person: ID!) { duplicates(person: $person) { person { id } score reasons } }';
const DIFFERENT = 'mutation ($a: ID!, $b: ID!) { markDifferent(a: $a, b: $b) { change { seq } } }';

describe.each(enginesHere())('duplicates on $name', ({ fresh }) => {
  test('are suggested with reasons, best first, until somebody says that they are two people', async () => {
    const graph = await fresh();
    const story = new Telling(graph);
    const kim = story.person('Kim Kardashian', { aliases: [{ name: 'Kim West', kind: 'MARRIED_NAME' }] });
    const [k, west, bo, nobody] = ['Kim  Kardashián', 'West Kim', 'Bo', 'Kimberly Cole'].map((name) =>
      story.person(name),
    ) as [string, string, string, string];
    for (const [person, date] of [
      [kim, '1980-10-21'],
      [k, '1980-10-21'],
    ] as const)
      story.born(person, date);
    for (const person of [kim, west]) story.marriage(person, bo);
    // What nobody has accepted makes nobody two people.
    for (const verdict of ['PROPOSED', 'REJECTED'] as const) story.marriage(kim, k, { start: '2010' }, { verdict });
    await story.tell();
    const suggested = async () => {
      const { data, errors } = await ask(graph, DUPLICATES, { role: 'REVIEWER', variables: { person: kim } });
      expect(errors).toEqual([]);
      return data?.duplicates;
    };

    expect(await suggested()).toEqual([
      { person: { id: k }, score: 0.68, reasons: ['NAME', 'BIRTH'] },
      { person: { id: west }, score: 0.48, reasons: ['NAME_NEARLY', 'SHARED_LINKS'] },
    ]);
    await ask(graph, DIFFERENT, { role: 'EDITOR', variables: { a: k, b: kim } });
    expect(await suggested()).toEqual([expect.objectContaining({ person: { id: west } })]);
    expect(nobody).toBeDefined();

    const reader = await ask(graph, DUPLICATES, { variables: { person: kim } });
    expect(reader.errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
    const unknown = await ask(graph, DUPLICATES, { role: 'REVIEWER', variables: { person: 'nobody' } });
    expect(unknown.errors[0]?.extensions).toMatchObject({ code: 'NOT_FOUND', field: 'person' });
  });
});
