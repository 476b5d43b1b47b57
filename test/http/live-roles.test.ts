import { describe, expect, test } from 'vitest';
import { atLeast, ROLES, type Role } from '../../src/domain/gate.js';
import { typeOfId } from '../../src/domain/records.js';
import { mergePeople } from '../../src/editing/merge.js';
import type { Graph } from '../../src/graph/graph.js';
import { enginesHere } from '../support/engines.js';
import { editorOf } from '../support/random-steps.js';
import { Telling } from '../support/telling.js';
import { type Heard, LISTENING, nextOf, refusal, WAYS } from './listening.js';
import { serving } from './serving.js';
import { aToken, bearer } from './signing-in.js';

const SETTINGS = { liveIntervalMs: 10, rateLimit: 0, liveLimit: 100 };
const QUERY =
  'subscription ($since: String) { changes(since: $since) { seq note editCount edits { place recordId before after } } }';

/** From which role on somebody is told of what touches a person in this state, null for nobody; below REVIEWER nobody is told of anything. */
const TOLD_TO = {
  PUBLIC: 'REVIEWER',
  LIMITED: 'REVIEWER',
  PRIVATE: 'REVIEWER',
  REMOVED: 'ADMIN',
  minor: 'REVIEWER',
  merged: 'REVIEWER',
  'merged into somebody REMOVED': 'ADMIN',
  PURGED: null,
} as const satisfies Record<string, Role | null>;
type State = keyof typeof TOLD_TO;
const STATES = Object.keys(TOLD_TO) as State[];

interface Told {
  seq: number;
  note: string | null;
  editCount: number;
  edits: { place: number; recordId: string; before: string | null; after: string | null }[];
}

/** What the change about somebody edits: them, a claim on them and Ann with its quote, and Ann. */
const EDITS = ['0 Person', '1 Claim', '2 Citation', '3 Ann'];

/**
 * Somebody in each state, all of them PUBLIC at first, and then a change about each together with Ann, under the name of the state and
 * with a note. Answers the numbers of these changes, and the ids of what there is of each.
 */
async function aHistory(graph: Graph) {
  const story = new Telling(graph);
  const ann = story.person('Ann');
  story.article('The register');
  const people = STATES.map((state) => {
    const person = story.person(`Secret ${state}.`, { adult: state !== 'minor' });
    const keeper = state.startsWith('merged') ? story.person(`Keeper of ${state}.`) : person;
    const couple = story.relationship('FRIEND', ann, person);
    const period = story.period(couple, 'UNSPECIFIED', {}, { evidence: 'RECORD' });
    return { state, person, keeper, period, ids: [person, keeper, couple, period] };
  });
  await story.tell();
  for (const { state, person, keeper } of people) {
    if (state === 'minor') story.born(person, '2015');
    else if (keeper === person) story.edit('Person', person, { visibility: state === 'PURGED' ? 'REMOVED' : state });
    else
      await mergePeople(editorOf({ graph, id: `m${person.slice(4)}` }), { keep: keeper, from: person, large: false });
    if (state === 'merged into somebody REMOVED') story.edit('Person', keeper, { visibility: 'REMOVED' });
  }
  await story.tell();
  const seqs = new Map<State, number>();
  for (const { state, keeper, period } of people) {
    story.edit('Person', keeper, { description: `Known as ${state}.` });
    story.claim(period, 'START', { date: { edtf: '2016' } });
    story.edit('Person', ann, { description: `Friend of ${state}` });
    seqs.set(state, Number((await story.tell({ note: `Of ${state}` }))?.seq));
  }
  const purged = people.find(({ state }) => state === 'PURGED')?.person ?? '';
  const last = Number((await story.purge(purged))?.seq);
  return { ann, people, seqs, last };
}

/** What somebody is told, over one transport, of all that has happened; where they are refused, that. */
async function heardBy(heard: AsyncGenerator<Heard, void, void>, count: number): Promise<Told[] | unknown> {
  const told: unknown[] = [];
  while (told.length < count) {
    const { data, errors } = await nextOf(heard);
    if (errors) return errors;
    told.push(data?.changes);
  }
  await heard.return();
  return told;
}

/** The file is the same engine as the memory. */
const engines = enginesHere().filter(({ name }) => name !== 'file:');

describe.each(engines)('live changes on $name', ({ fresh }) => {
  test('tell each role over each transport, of people in each state, what that role may know', {
    timeout: 60_000,
  }, async () => {
    const graph = await fresh();
    const { ann, people, seqs, last } = await aHistory(graph);
    const { url } = await serving(SETTINGS, graph);

    for (const role of ROLES) {
      const headers = role === 'READER' ? {} : bearer((await aToken(graph, { name: role, role, scope: 'read' })).token);
      for (const way of WAYS) {
        const heard = LISTENING[way](url, headers, { query: QUERY, variables: { since: '0' } });
        const told = await heardBy(heard, last);

        if (!atLeast(role, 'REVIEWER')) {
          const code = role === 'READER' ? 'UNAUTHENTICATED' : 'FORBIDDEN';
          expect([role, way, told]).toEqual([role, way, refusal({ code, needed: 'REVIEWER' })]);
          continue;
        }
        const changes = told as Told[];
        expect(changes.map(({ seq }) => seq)).toEqual(Array.from({ length: last }, (_, n) => n + 1));
        for (const { state, ids } of people) {
          const cell = `${role} ${way} ${state}`;
          const least = TOLD_TO[state];
          const knows = least !== null && atLeast(role, least);
          const { note, editCount, edits } = changes.find(({ seq }) => seq === seqs.get(state)) as Told;
          const places = edits.map(
            ({ place, recordId }) => `${place} ${recordId === ann ? 'Ann' : typeOfId(recordId)}`,
          );

          // Of who is purged everybody learns that something was done, and to which ids.
          const all = knows || least === null;
          expect([cell, note, editCount, ...places]).toEqual([
            ...[cell, knows ? `Of ${state}` : null],
            ...(all ? [EDITS.length, ...EDITS] : [1, '0 Ann']),
          ]);
          // Nor is there a trace in what was told of them while they were PUBLIC.
          const text = JSON.stringify(changes.map((change) => change.edits));
          const names = [`Secret ${state}.`, `Keeper of ${state}.`, `Known as ${state}.`];
          const words = least === null ? names : [...ids, ...names];
          expect([cell, words.some((word) => text.includes(word))]).toEqual([cell, knows]);
        }
      }
    }
  });
});

describe('over a stream or a socket, whatever the engine,', () => {
  const MAKE = 'mutation { createPerson(input: { name: "Bo" }) { person { id } } }';
  const ASKED = ['{ viewer { role } }', '{ person(id: "ann-0") { id } }', '{ changes { nodes { seq } } }', MAKE];

  test('nobody gets an answer to a query, and no mutation is made, whatever their role', async () => {
    const { url, graph } = await serving(SETTINGS);
    const story = new Telling(graph);
    story.person('Ann');
    await story.tell();

    for (const role of ROLES) {
      const headers = role === 'READER' ? {} : bearer((await aToken(graph, { name: role, role })).token);
      for (const way of WAYS)
        for (const query of ASKED) {
          const told = await heardBy(LISTENING[way](url, headers, { query }), 1);
          expect([role, way, query, told]).toEqual([
            ...[role, way, query],
            refusal({ code: 'INVALID_INPUT', field: 'query', rule: 'SUBSCRIPTION' }),
          ]);
        }
    }
    expect(await graph.read('MATCH (p:Person) RETURN p.name AS name')).toEqual([{ name: 'Ann' }]);
  });
});
