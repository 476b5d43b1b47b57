import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const POM = join(import.meta.dirname, 'pom.xml');

/** The folder with the jars of this Neo4j, fetched once for this user. Throws where Maven is missing or fetches nothing. */
export function jarsOf(version: string): string {
  const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'hearsay');
  const folder = join(cache, `neo4j-${version}`);
  if (existsSync(folder)) return folder;

  mkdirSync(cache, { recursive: true });
  const fetched = mkdtempSync(join(cache, 'fetching-'));
  const goal = ['-q', '-B', '-f', POM, `-Dneo4j.version=${version}`, 'dependency:copy-dependencies'];
  const { status, error, stdout } = spawnSync('mvn', [...goal, `-DoutputDirectory=${fetched}`], { encoding: 'utf8' });
  if (status !== 0) {
    rmSync(fetched, { recursive: true, force: true });
    throw new Error(error ? 'there is no Maven (mvn)' : `Maven could not fetch it: ${stdout.trim().split('\n')[0]}`);
  }
  try {
    renameSync(fetched, folder);
  } catch (renaming) {
    rmSync(fetched, { recursive: true, force: true });
    // Another run may have been faster.
    if (!existsSync(folder)) throw renaming;
  }
  return folder;
}
