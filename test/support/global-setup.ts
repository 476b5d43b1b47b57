import type { TestProject } from 'vitest/node';
import { openBuilder } from './build-once.js';
import { openLeases } from './neo4j/lease.js';
import { NEWEST, OLDEST, whyNoNeo4j } from './neo4j/start.js';

/** A Neo4j that the suites should run on: `why` says why this machine can't, or is null. */
export interface Offer {
  version: string;
  why: string | null;
}

declare module 'vitest' {
  interface ProvidedContext {
    neo4j: { port: number; offers: Offer[] };
    builder: { port: number };
  }
}

/**
 * Settings: `HEARSAY_REQUIRE_NEO4J=1` fails the run where a Neo4j can't be had, `HEARSAY_TEST_NEO4J_LTS=1` adds the oldest one
 * (CI does), and `HEARSAY_TEST_NEO4J=0` leaves Neo4j out for a quick look.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { env } = process;
  const withOldest = env.HEARSAY_TEST_NEO4J_LTS === '1' || Boolean(env.CI);
  const versions = withOldest ? [NEWEST, OLDEST] : [NEWEST];
  const left = env.HEARSAY_TEST_NEO4J === '0' ? 'HEARSAY_TEST_NEO4J=0' : null;
  const offers = versions.map((version) => ({ version, why: left ?? whyNoNeo4j(version) }));
  const skipped = offers
    .filter(({ why }) => why !== null)
    .map(({ version, why }) => `The suites on Neo4j ${version} were skipped: ${why}.`);
  if (env.HEARSAY_REQUIRE_NEO4J === '1' && skipped.length > 0) throw new Error(skipped.join('\n'));

  const leases = await openLeases(offers.filter(({ why }) => why === null).map(({ version }) => version));
  const builder = await openBuilder();
  project.provide('builder', { port: builder.port });
  project.provide('neo4j', { port: leases.port, offers });
  return async () => {
    builder.close();
    await leases.close();
    for (const line of skipped) console.warn(line);
    if (!withOldest) console.warn(`The suites on Neo4j ${OLDEST} were left to CI; HEARSAY_TEST_NEO4J_LTS=1 adds them.`);
  };
}
