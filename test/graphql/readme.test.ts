import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { SEEDS } from '../../src/config.js';
import type { Graph } from '../../src/graph/graph.js';
import { loadSeeds } from '../../src/ingest/seed.js';
import { enginesHere } from '../support/engines.js';
import { ask, NOON } from './asking.js';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const section = /\n## Questions you can ask\n([\s\S]*?)\n## /.exec(readme)?.[1] ?? '';
const ASKED = /### (.+)\n[\s\S]*?```graphql\n([\s\S]*?)\n```\n\n```json\n([\s\S]*?)\n```/g;
const questions = [...section.matchAll(ASKED)].map(([, title = '', query = '', answer = '']) => ({
  title,
  query,
  answer,
}));

/** The seeds were read on 2026-11-24. */
const now = () => NOON + 100 * 86_400_000;

describe.each(enginesHere())('The questions in README on $name', (engine) => {
  let graph: Graph;

  beforeAll(async () => {
    graph = await engine.fresh();
    await loadSeeds(graph, { dir: SEEDS, now, log: { info: () => undefined } });
  }, 180_000);

  test('are eleven, each with its answer', () => {
    expect(questions.length).toBe(11);
    expect(section.match(/```graphql/g)).toHaveLength(11);
  });

  test.each(questions)('are answered as it says: $title', async ({ query, answer }) => {
    const { data, errors } = await ask(graph, query, { now: now() });

    expect(errors).toEqual([]);
    expect({ data }).toEqual(JSON.parse(answer));
  });
});
