import neo4j, { type AuthToken, type Driver, Neo4jError } from 'neo4j-driver';
import { AppError, invalid } from '../errors.js';
import type { Graph } from './graph.js';
import { Neo4jGraph } from './neo4j.js';
import type { Place } from './open.js';

/** `+s` is TLS with a certificate that is checked, `+ssc` TLS with one that isn't. */
export const NEO4J_SCHEMES = new Set(['bolt', 'bolt+s', 'bolt+ssc', 'neo4j', 'neo4j+s', 'neo4j+ssc']);

/** Neo4j 5.26 is the oldest whose Cypher all our statements are tested on. */
const OLDEST = [5, 26] as const;
const CONNECT_MS = 5_000;
const ACQUIRE_MS = 10_000;
const VERSION_MS = 15_000;

const READ_SERVER = `// server
CALL dbms.components() YIELD name, versions WHERE name = 'Neo4j Kernel' RETURN versions[0] AS version`;

/** Opens a Neo4j and looks whether it lets us in and is new enough. */
export async function openNeo4j(place: Place): Promise<Graph> {
  const url = checkedUrl(place.url);
  const graph = new Neo4jGraph(driverFor(url, tokenOf(place)), place.database ?? 'neo4j');
  try {
    const [row] = await graph.read(READ_SERVER, {}, { deadlineMs: VERSION_MS });
    refuseOlder(row?.version, url);
    return graph;
  } catch (error) {
    await graph.close();
    throw cannotOpen(url, place, error);
  }
}

function driverFor(url: string, token: AuthToken | undefined): Driver {
  return neo4j.driver(url, token, {
    disableLosslessIntegers: true,
    connectionTimeout: CONNECT_MS,
    connectionAcquisitionTimeout: ACQUIRE_MS,
    notificationFilter: { minimumSeverityLevel: neo4j.notificationFilterMinimumSeverityLevel.OFF },
    telemetryDisabled: true,
    userAgent: 'hearsay',
  });
}

/** The address as the driver takes it. Credentials in it would end up in logs and process lists, so they are refused. */
function checkedUrl(text: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw invalid('GRAPH_URL', 'GRAPH_URL', 'GRAPH_URL is no address; write neo4j://host:7687.');
  }
  if (url.username || url.password) {
    throw invalid(
      'GRAPH_URL',
      'GRAPH_URL',
      'Put user and password into GRAPH_USER and GRAPH_PASSWORD, not into GRAPH_URL.',
    );
  }
  if (url.hostname === '' || (url.pathname !== '' && url.pathname !== '/')) {
    throw invalid('GRAPH_URL', 'GRAPH_URL', 'GRAPH_URL is scheme, host and port only; the database is GRAPH_DATABASE.');
  }
  return text;
}

function tokenOf({ user, password }: Place): AuthToken | undefined {
  if (!user && !password) return undefined;
  if (!user) throw invalid('GRAPH_USER', 'CREDENTIALS', 'GRAPH_PASSWORD is set and GRAPH_USER is not.');
  if (!password) throw invalid('GRAPH_PASSWORD', 'CREDENTIALS', 'GRAPH_USER is set and GRAPH_PASSWORD is not.');
  return neo4j.auth.basic(user, password);
}

/** Throws INVALID_INPUT unless `version` (`2026.09.0`, `5.27-aura`) is one that Hearsay is tested with, or later. */
export function refuseOlder(version: unknown, url: string): void {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(String(version)) ?? [];
  const newer = Number(major) > OLDEST[0] || (Number(major) === OLDEST[0] && Number(minor) >= OLDEST[1]);
  if (newer) return;
  const found = major ? `Neo4j ${version}` : 'The server';
  throw invalid(
    'GRAPH_URL',
    'NEO4J_VERSION',
    `${found} at ${url} is too old: Hearsay needs Neo4j ${OLDEST.join('.')} or later.`,
  );
}

/** Why a Neo4j could not be opened, in one line, from what the first statement threw. */
function cannotOpen(url: string, place: Place, error: unknown): unknown {
  if (!(error instanceof AppError)) return error;
  const cause = error.cause instanceof Neo4jError ? error.cause : null;
  const code = cause?.code ?? '';
  if (code.startsWith('Neo.ClientError.Security.CredentialsExpired')) {
    return refused(
      'GRAPH_PASSWORD',
      `The password at ${url} must be changed before it works; change it in Neo4j first.`,
      cause,
    );
  }
  if (code.startsWith('Neo.ClientError.Security.')) {
    return place.user
      ? refused('GRAPH_PASSWORD', `The Neo4j at ${url} refuses the user ${place.user} with this password.`, cause)
      : refused('GRAPH_USER', `The Neo4j at ${url} asks for GRAPH_USER and GRAPH_PASSWORD.`, cause);
  }
  if (code.startsWith('Neo.ClientError.Database.')) {
    return refused('GRAPH_DATABASE', `The Neo4j at ${url} has no database ${place.database ?? 'neo4j'}.`, cause);
  }
  if (error.code !== 'UNAVAILABLE') return error;
  const why = /Caused by: (.+)$/.exec(cause?.message ?? '')?.[1];
  return new AppError(
    'UNAVAILABLE',
    `No Neo4j answers at ${url}${why ? `: ${why}` : ''}.`,
    { field: 'GRAPH_URL', rule: 'LOST' },
    { cause: error },
  );
}

function refused(field: string, message: string, cause: unknown): AppError {
  return new AppError('INVALID_INPUT', message, { field, rule: 'REFUSED_BY_GRAPH' }, { cause });
}
