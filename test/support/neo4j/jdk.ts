import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

/** Neo4j 2026 needs this Java or a later one. */
export const OLDEST_JAVA = 21;

/** The home folder of a JDK that is new enough, or null. Looks at JAVA_HOME, at PATH, and where installers put them. */
export function findJdk(): string | null {
  const { JAVA_HOME, PATH = '' } = process.env;
  const onPath = PATH.split(delimiter)
    .map((folder) => join(folder, 'java'))
    .filter((java) => existsSync(java))
    .map((java) => dirname(dirname(realpathSync(java))));
  const installed = [
    ...foldersIn('/usr/lib/jvm'),
    ...foldersIn('/Library/Java/JavaVirtualMachines').map((folder) => join(folder, 'Contents', 'Home')),
    ...foldersIn(join(homedir(), '.sdkman', 'candidates', 'java')),
  ];
  return [...(JAVA_HOME ? [JAVA_HOME] : []), ...onPath, ...installed].find(isNewEnough) ?? null;
}

/** A JDK says its version and its modules in its `release` file; without the compiler it can't run a source file. */
function isNewEnough(home: string): boolean {
  try {
    const release = readFileSync(join(home, 'release'), 'utf8');
    const version = Number(/^JAVA_VERSION="(\d+)/m.exec(release)?.[1]);
    return version >= OLDEST_JAVA && existsSync(join(home, 'bin', 'java')) && existsSync(join(home, 'bin', 'javac'));
  } catch {
    return false;
  }
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch {
    return [];
  }
}
