import neo4j, { type Plan, type Session } from 'neo4j-driver';
import { describe, expect, test } from 'vitest';
import type { Graph, Params, Reads } from '../../src/graph/graph.js';
import { type Engine, enginesHere } from '../support/engines.js';
import { Telling } from '../support/telling.js';
import { World } from '../support/world.js';
import { ask } from './asking.js';
import { aboutOthers, type Shown, tell } from './hidden.js';

const [memory, ...others] = enginesHere();

describe.each(others)('Plans of $name', (engine) => {
  test('look at nobody with everybody else, whatever the graph was like when they were made', async () => {
    const asked = await statementsOfQuestions();
    await twoPeopleWithManyLinks().plant(await engine.fresh());

    const driver = neo4j.driver(engine.url());
    const session = driver.session();
    const products: string[] = [];
    for (const [statement, params] of asked)
      if ((await productsOf(session, statement, params)).some(looksAtAll)) products.push(statement);
    await driver.close();

    for (const name of ['countRelationships', 'eventsBeside', 'couplesBeside', 'couplesLentTo', 'marriagesOfPeople'])
      expect([...asked.keys()].some((statement) => statement.startsWith(`/* ${name} */`))).toBe(true);
    expect(products).toEqual([]);
  }, 120_000);
});

/** The texts that are run for what readers ask, and for hints, each with parameters of it. */
async function statementsOfQuestions(): Promise<Map<string, Params>> {
  const graph = await (memory as Engine).fresh();
  const asked = new Map<string, Params>();
  const reads: Reads = {
    read(statement, params = {}, operation) {
      asked.set(statement, params);
      return graph.read(statement, params, operation);
    },
  };
  const shown = await tell(graph, null);
  for (const question of Object.values(aboutOthers(shown)).flat()) await ask(reads, question);
  await somethingWaits(graph, shown);
  await ask(reads, '{ reviewQueue(first: 100) { nodes { hint { kind } } } }', { role: 'REVIEWER' });
  return asked;
}

/** What is hinted at by all that stands beside a person, an event and a marriage. */
async function somethingWaits(graph: Graph, { ann, wedding, marriage }: Shown): Promise<void> {
  const story = new Telling(graph);
  const dates = [
    [ann, 'BIRTH'],
    [wedding, 'DATE'],
    [marriage, 'END'],
  ] as const;
  for (const [subject, field] of dates)
    story.claim(subject, field, { date: { edtf: '1999' } }, { verdict: 'PROPOSED' });
  await story.tell({ id: 'chg_waits' });
}

/** Where it is cheaper to look at each person with each other than along the links of one. */
function twoPeopleWithManyLinks(): World {
  const world = new World();
  const both = [world.person('One'), world.person('Other')] as const;
  const relationship = world.relationship('ROMANTIC', ...both);
  for (let n = 0; n < 30; n += 1) {
    world.period(relationship, { type: 'DATING' });
    world.event('MET', [
      [both[0], 'PARTY'],
      [both[1], 'PARTY'],
    ]);
  }
  return world;
}

async function productsOf(session: Session, statement: string, params: Params): Promise<Plan[]> {
  const { summary } = await session.run(`EXPLAIN ${statement}`, params);
  const within = (plan: Plan): Plan[] => [plan, ...plan.children.flatMap(within)];
  return summary.plan === false
    ? []
    : within(summary.plan).filter(({ operatorType }) => operatorType.startsWith('CartesianProduct'));
}

/** Whether a side of a product goes over more than what one key names. */
const looksAtAll = ({ operatorType, children }: Plan): boolean =>
  /Scan|ByRange/.test(operatorType) || children.some(looksAtAll);
