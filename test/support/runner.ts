import type { RunnerTestSuite } from 'vitest';
import { TestRunner } from 'vitest';
import { turnsNow } from './neo4j/turn.js';

/** Lets a suite on a Neo4j wait for its turn before it begins, when no test's and no hook's time runs. */
export default class extends TestRunner {
  override async onBeforeRunSuite(suite: RunnerTestSuite): Promise<void> {
    for (const turn of turnsNow()) await turn.takeFor(suite);
    await super.onBeforeRunSuite(suite);
  }

  override async onAfterRunSuite(suite: RunnerTestSuite): Promise<void> {
    await super.onAfterRunSuite(suite);
    for (const turn of turnsNow()) turn.giveBackAfter(suite);
  }
}
