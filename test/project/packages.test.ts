import { readFileSync } from 'node:fs';
import { gte, satisfies, subset, valid } from 'semver';
import { describe, expect, it } from 'vitest';

interface Locked {
  version: string;
  optionalDependencies?: Record<string, string>;
  license?: string;
  engines?: { node?: string };
  dev?: boolean;
  optional?: boolean;
}

const read = (path: string) => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'));
const manifest = read('package.json') as {
  engines: { node: string };
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  overrides: Record<string, string>;
};
const lock = read('package-lock.json') as { packages: Record<string, Locked> };
const locked = Object.entries(lock.packages)
  .filter(([path]) => path !== '')
  .map(([path, each]) => ({
    name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
    path,
    ...each,
  }));

const named = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.devDependencies)];

/** The first version without the hole that is named; the registry that we install from answers no `npm audit`. */
const FLOORS: Record<string, [version: string, hole: string]> = {
  '@apollo/server': ['5.5.0', 'reads forged through one browser; CVE-2026-23897'],
  '@fastify/static': ['10.1.3', 'CVE-2026-15074, GHSA-423g-23ch-w7c6: guards passed by dots in a path'],
  'brace-expansion': ['5.0.8', 'CVE-2026-13149, GHSA-3jxr-9vmj-r5cp: exponential time'],
  'body-parser': ['2.2.1', 'CVE-2025-13466: time by urlencoded bodies'],
  cookie: ['0.7.0', 'CVE-2024-47764: characters out of bounds'],
  fastify: ['5.8.5', 'CVE-2026-25223, CVE-2026-33806: a content type that skips validation'],
  'find-my-way': ['9.0.1', 'CVE-2024-45813: time by two parameters in a segment'],
  glob: ['11.1.0', 'CVE-2025-64756: a file name as a command'],
  graphql: ['16.8.1', 'CVE-2023-26144: time of overlapping fields'],
  minimatch: ['10.2.1', 'CVE-2026-26996: time by many stars'],
  nanoid: ['3.3.18', 'GHSA-2v37-7h3g-55p8'],
  picomatch: ['4.0.4', 'CVE-2026-33671, CVE-2026-33672: time by extglobs'],
  postcss: ['8.4.31', 'CVE-2023-44270: comments read as rules'],
  qs: ['6.14.1', 'CVE-2025-15284: memory by brackets'],
  semver: ['7.5.2', 'CVE-2022-25883: time by a long range'],
  'sha.js': ['2.4.12', 'CVE-2025-9288: a hash that goes backwards'],
  ws: ['8.17.1', 'CVE-2024-37890: a crash by many headers'],
  vitest: ['3.0.5', 'CVE-2025-24964: code by any web page, in development'],
};

/** Licences that ask for nothing but their text; what only builds or tests may also be MPL or PSF, for it isn't passed on. */
const FREE = ['MIT', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', '0BSD', 'BlueOak-1.0.0', 'CC0-1.0'];
const FREE_TO_BUILD = [...FREE, 'MPL-2.0', 'PSF-2.0'];

describe('the packages', () => {
  it('are named by exact versions, so that nobody gets others', () => {
    const versions = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.overrides };

    const loose = Object.entries(versions).filter(([, version]) => valid(version) !== version);

    expect(loose).toEqual([]);
  });

  it.each(Object.entries(FLOORS).map(([name, [floor, hole]]) => ({ name, floor, hole })))(
    'hold no $name below $floor: $hole',
    ({ name, floor }) => {
      const below = locked.filter((each) => each.name === name && !gte(each.version, floor));

      expect(below.map(({ path, version }) => `${path} ${version}`)).toEqual([]);
    },
  );

  it('run on every Node that package.json promises, from 20 on', () => {
    const oldest = manifest.engines.node.replace('>=', '');
    const nodes = [valid(oldest) ?? `${oldest}.0`, '24.0.0'];

    const left = locked.flatMap(({ path, engines }) =>
      nodes.filter((node) => engines?.node && !satisfies(node, engines.node)).map((node) => `${path} not on ${node}`),
    );

    expect(subset(manifest.engines.node, '>=20')).toBe(true);
    expect(left).toEqual([]);
  });

  it('are all in the lock file, those for other machines too, or npm ci refuses it', () => {
    const optional = locked.flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies));

    const missing = optional.filter((name) => !locked.some((each) => each.name === name));

    expect(missing).toEqual([]);
  });

  it('are one graphql only, since two refuse each other’s types', () => {
    expect(locked.filter(({ name }) => name === 'graphql')).toHaveLength(1);
  });

  it('are under licences that let us pass them on, those that we name ourselves among them', () => {
    const allowed = ({ license = '', dev }: Locked) =>
      license
        .replace(/[()]/g, '')
        .split(license.includes(' OR ') ? ' OR ' : ' AND ')
        .every((each) => (dev ? FREE_TO_BUILD : FREE).includes(each));

    const others = locked.filter((each) => !allowed(each)).map(({ path, license }) => `${path}: ${license}`);
    const missing = named.filter((name) => !lock.packages[`node_modules/${name}`]?.license);

    expect(others).toEqual([]);
    expect(missing).toEqual([]);
  });
});
