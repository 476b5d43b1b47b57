import { beforeEach, describe, expect, test } from 'vitest';
import { ERROR_CODES } from '../../src/errors.js';
import type { Graph } from '../../src/graph/graph.js';
import { verify } from '../../src/store/verify.js';
import { enginesHere } from '../support/engines.js';
import { Telling } from '../support/telling.js';
import { leadsTo, type Place, places, standsAt } from './arguments.js';
import { type Answer, ask } from './asking.js';
import { walkOnce } from './hostile.js';
import {
  argsOf,
  askedDown,
  documentOf,
  given,
  mutations,
  ORDERS,
  type Order,
  roleFor,
  stateFor,
} from './order-forms.js';
import { seqOf } from './ordering.js';
import { type Somebody, type State, somebody } from './orders.js';

/** GraphQL's own too, of what it refuses before the order is begun. */
const CODES: readonly unknown[] = [...ERROR_CODES, 'BAD_USER_INPUT'];
/** Rules on two places of an input, of which a refusal names the other. */
const BETWEEN = [
  'ONE_KEY',
  'MENTION',
  'VALUE_OF_FIELD',
  'FIELD_OF_SUBJECT',
  'TYPE_OF_KIND',
  'SIDE',
  'REASON',
  'PREFER',
  'CITATIONS',
  'UNSUPPORTED',
  'BIRTH_CHILD',
  'EVENT_OF_PAIR',
];
/** Rules on somebody of whom the message tells first. */
const OF_THEM = ['MERGED', 'PURGED'];
/** More than any order on a small world takes; a purge looks through every text of the graph. */
const mostStatements = ({ name }: Order) => (name === 'purgePerson' ? 500 : 100);

/** Orders that make something of their own, as often as they are given. */
const MAKING = ['addArticle', 'recordEvent'];

/** What somebody else does meanwhile. */
const MEANWHILE: Record<string, (graph: Graph, story: Telling, of: Somebody) => Promise<unknown>> = {
  async merged(graph, story, { person, partner }) {
    for (const from of [person, partner]) {
      const keep = story.person('Of another name');
      await story.tell();
      const MERGE = 'mutation ($keep: ID!, $from: ID!) { mergePeople(keep: $keep, from: $from) { change { id } } }';
      await ask(graph, MERGE, { role: 'ADMIN', variables: { keep, from } });
    }
  },
  async purged(_graph, story, { person }) {
    story.edit('Person', person, { visibility: 'REMOVED' });
    await story.tell();
    await story.purge(person);
  },
  async undone(graph, _story, { revision }) {
    const [row] = await graph.read('MATCH (c:Change {seq: $seq}) RETURN c.id AS change', { seq: revision });
    const UNDO = 'mutation ($change: ID!) { undoChange(change: $change, force: true) { change { id } } }';
    const { errors } = await ask(graph, UNDO, { role: 'ADMIN', variables: { change: row?.change } });
    expect(errors).toEqual([]);
  },
};

describe.each(enginesHere({ neo4j: false }))('whatever an order is given on $name', ({ fresh }) => {
  let graph: Graph;
  let story: Telling;
  let made = 0;
  const another = (state: State = 'PUBLIC') => somebody(story, ++made, state);
  beforeEach(async () => {
    graph = await fresh();
    story = new Telling(graph);
  });

  async function readyFor(order: Order): Promise<Somebody> {
    const of = await another(stateFor(order));
    if (order.name === 'decideTakedown') await ask(graph, askedDown(of), { role: roleFor(order) });
    return of;
  }

  test('there is an order of every mutation', () => {
    expect(new Set(ORDERS.map(({ name }) => name))).toEqual(new Set(Object.keys(mutations)));
  });

  test('is done, or refused by a code, a place of the input and a rule, and leaves nothing behind then', async () => {
    const gone = [await another('merged'), await another('PURGED'), await another('PRIVATE'), await another('REMOVED')];
    const wrong: string[] = [];
    const walk = walkOnce();
    for (const order of ORDERS) {
      const role = roleFor(order);
      let of = await readyFor(order);
      const isFirst = order.title === order.name && argsOf(order).some(({ name }) => name === 'key');
      const { errors } = await ask(graph, documentOf(order), {
        ...{ role, as: 'Somebody else', variables: { ...given(order, of), ...(isFirst && { key: 'taken' }) } },
      });
      expect([order.title, errors]).toEqual([order.title, []]);
      const others = [of, ...gone];
      of = await readyFor(order);
      let seq = await seqOf(graph);
      for (const { path, seeds } of walk(order, of)) {
        const placeNow = () => places(argsOf(order), given(order, of)).find((place) => place.path === path) as Place;
        let place = placeNow();
        let values = seeds(place, others);
        for (let n = 0; n < values.length; n += 1) {
          const planted = values[n];
          const variables = place.put(planted);
          const before = graph.statements;
          const answer = await ask(graph, documentOf(order), { role, variables });
          const statements = graph.statements - before;
          const after = await seqOf(graph);
          const faults = faultsOf(order, variables, answer, path);
          if (statements > mostStatements(order)) faults.push(`takes ${statements} statements`);
          if (answer.errors.length > 0 && after !== seq) faults.push('is refused, and leaves something behind');
          const what = `${order.title} ${path}: ${JSON.stringify(planted)?.slice(0, 80)}`;
          wrong.push(...faults.map((fault) => `${what} ${fault}`));
          if (after === seq) continue;
          if (!MAKING.includes(order.name)) of = await readyFor(order);
          seq = await seqOf(graph);
          place = placeNow();
          values = seeds(place, others);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect((await verify(graph)).differences).toEqual([]);
  }, 120_000);

  test.each(Object.keys(MEANWHILE))(
    'is done, or refused likewise, where somebody is %s before it is carried out',
    async (what) => {
      const wrong: string[] = [];
      for (const order of ORDERS) {
        const of = await readyFor(order);
        let isDue = true;
        const late: Graph = {
          ...{
            engine: graph.engine,
            statements: 0,
            createSchema: () => graph.createSchema(),
            close: () => graph.close(),
          },
          ...{ scratch: () => graph.scratch(), read: (...args) => graph.read(...args) },
          async write(work, operation) {
            if (isDue) await MEANWHILE[what]?.(graph, story, of);
            isDue = false;
            return graph.write(work, operation);
          },
        };
        const variables = given(order, of);
        const answer = await ask(late, documentOf(order), { role: roleFor(order), variables });
        expect([order.title, isDue]).toEqual([order.title, false]);
        wrong.push(...faultsOf(order, variables, answer).map((fault) => `${order.title} ${fault}`));
      }
      expect(wrong).toEqual([]);
      expect((await verify(graph)).differences).toEqual([]);
    },
    60_000,
  );
});

/** What is wrong with a refusal of an order whose input has something else at a path. */
function faultsOf(order: Order, variables: Record<string, unknown>, { data, errors }: Answer, path?: string): string[] {
  const [refusal] = errors;
  if (refusal === undefined) return [];
  const { code, rule, field } = refusal.extensions;
  const isInput = code === 'INVALID_INPUT';
  const told = String(field);
  const isElsewhere = path !== undefined && !path.startsWith(told) && !told.startsWith(path);
  const faults = {
    'is half done': errors.length > 1 || data !== null,
    'is refused without a code': !CODES.includes(code),
    'names no field': field === undefined && (isInput || code === 'NOT_FOUND'),
    'names what the input has not': field !== undefined && !leadsTo(argsOf(order), variables, told),
    'names no rule': rule === undefined && (isInput || code === 'REFUSED'),
    'names somebody else':
      field !== undefined &&
      OF_THEM.includes(String(rule)) &&
      standsAt(variables, told) !== refusal.message.split(' ')[0],
    'names another place': isInput && isElsewhere && !BETWEEN.includes(String(rule)),
  };
  const found = Object.entries(faults).filter(([, isSo]) => isSo);
  return found.map(([fault]) => `${fault}: ${JSON.stringify({ code, rule, field })} ${refusal.message}`);
}
