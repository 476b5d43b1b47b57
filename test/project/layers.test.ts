import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const REPOSITORY = new URL('../../', import.meta.url).pathname;
const LAYERS = ['domain', 'graph', 'store', 'questions', 'editing', 'ingest', 'graphql', 'http', 'cli'] as const;

/** Folder by folder what it may not import, and words of the reason that Biome has to give. */
const REFUSED: Record<(typeof LAYERS)[number], [source: string, reason: string][]> = {
  domain: [
    ...[
      'graph/graph',
      'store/person',
      'editing/merge',
      'questions/chain',
      'ingest/seed',
      'graphql/person',
      'http/app',
      'cli/seed',
    ].map((above): [string, string] => [`../${above}.js`, 'imports nothing above it']),
    ['../config.js', 'take what is needed as an argument'],
    ['../log.js', 'take what is needed as an argument'],
    ['neo4j-driver', 'Only src/graph knows the engines'],
    ['@grafeo-db/js', 'Only src/graph knows the engines'],
    ['graphql', 'Only src/graphql knows GraphQL'],
    ['type-graphql', 'Only src/graphql knows GraphQL'],
    ['fastify', 'Only src/http knows Fastify'],
  ],
  graph: [
    ['../store/records.js', 'knows no record'],
    ['../graphql/person.js', 'knows no record'],
    ['../config.js', 'take what is needed as an argument'],
    ['type-graphql', 'Only src/graphql knows GraphQL'],
  ],
  store: [
    ['../graph/neo4j.js', 'only its interface'],
    ['../graph/open.js', 'only its interface'],
    ['../../graph/grafeo.js', 'only its interface'],
    ['../editing/merge.js', 'knows nobody who asks'],
    ['../graphql/person.js', 'knows nobody who asks'],
    ['neo4j-driver', 'Only src/graph knows the engines'],
    ['dataloader', 'Only src/graphql knows GraphQL'],
  ],
  questions: [
    ['../store/commit.js', 'A question writes nothing'],
    ['../editing/merge.js', 'it writes nothing'],
    ['../graphql/chain.js', 'knows nobody who asks'],
  ],
  editing: [
    ['../questions/chain.js', 'one change'],
    ['../graphql/person.js', 'one change'],
    ['../graph/neo4j.js', 'only its interface'],
  ],
  ingest: [
    ['../graphql/person.js', 'started from above'],
    ['../http/app.js', 'started from above'],
    ['../graph/grafeo.js', 'only its interface'],
  ],
  graphql: [
    ['../http/app.js', 'in any process'],
    ['../cli/seed.js', 'in any process'],
    ['../config.js', 'take what is needed as an argument'],
    ['../graph/open.js', 'only its interface'],
    ['fastify', 'Only src/http knows Fastify'],
    ['ws', 'Only src/http knows Fastify and WebSocket'],
    ['graphql-ws', 'Only src/http knows Fastify and WebSocket'],
  ],
  http: [
    ...['store/person', 'editing/merge', 'questions/chain', 'ingest/seed'].map((below): [string, string] => [
      `../${below}.js`,
      'through GraphQL, where the gate is',
    ]),
    ['../graph/open.js', 'only its interface'],
    ['../main.js', 'never the other way round'],
    ['neo4j-driver', 'Only src/graph knows the engines'],
  ],
  cli: [
    ['../http/app.js', 'without a server'],
    ['../main.js', 'a process of its own'],
    ['@grafeo-db/js', 'Only src/graph knows the engines'],
  ],
};

/** What each layer needs and may have. */
const ALLOWED: Record<(typeof LAYERS)[number], string[]> = {
  domain: ['./day.js', '../errors.js', 'zod'],
  graph: ['../errors.js', 'neo4j-driver', '@grafeo-db/js'],
  store: ['../domain/records.js', '../graph/graph.js'],
  questions: ['../store/link.js', '../domain/together.js', '../graph/graph.js'],
  editing: ['../store/commit.js', '../domain/merge.js', '../graph/graph.js'],
  ingest: ['../store/commit.js', '../editing/propose.js', '../domain/names.js', '../graph/graph.js'],
  graphql: [
    '../store/person.js',
    '../questions/chain.js',
    '../editing/merge.js',
    '../ingest/article.js',
    'type-graphql',
    'graphql',
  ],
  http: [
    '../graphql/server.js',
    '../store/aside.js',
    '../graph/graph.js',
    '../config.js',
    '../log.js',
    '../errors.js',
    'fastify',
    'graphql-ws',
  ],
  cli: ['../graph/open.js', '../ingest/seed.js', '../store/verify.js', '../config.js'],
};

interface Finding {
  category: string;
  message: string;
  file: string;
}

/** The part of Biome's JSON report that is read here. */
interface Diagnostic {
  category: string;
  location?: { path?: unknown };
}

let folder: string;
let findings: Finding[];

const fileOf = (layer: string, kind: string, index: number) => `src/${layer}/${kind}${index}.ts`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hearsay-layers-'));
  const rules = JSON.parse(await readFile(join(REPOSITORY, 'biome.json'), 'utf8'));
  await write('biome.json', JSON.stringify({ ...rules, $schema: undefined, vcs: undefined }));
  for (const layer of LAYERS) {
    await Promise.all([
      ...REFUSED[layer].map(([source], index) => write(fileOf(layer, 'refused', index), `import '${source}';\n`)),
      ...ALLOWED[layer].map((source, index) => write(fileOf(layer, 'allowed', index), `import '${source}';\n`)),
    ]);
  }
  findings = await lint();
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function write(path: string, content: string): Promise<void> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
}

function lint(): Promise<Finding[]> {
  const biome = join(REPOSITORY, 'node_modules/.bin/biome');
  return new Promise((resolve, reject) => {
    execFile(
      biome,
      ['lint', '--reporter=json', '--max-diagnostics=none', '.'],
      { cwd: folder },
      (_error, stdout, stderr) => {
        try {
          const { diagnostics } = JSON.parse(stdout) as { diagnostics: Diagnostic[] };
          resolve(
            diagnostics.map(({ category, location, ...rest }) => ({
              category,
              message: JSON.stringify(rest),
              file: String(location?.path),
            })),
          );
        } catch {
          reject(new Error(`biome answered no JSON: ${stderr}`));
        }
      },
    );
  });
}

const findingsAt = (file: string) =>
  findings.filter((each) => each.category === 'lint/style/noRestrictedImports' && each.file.endsWith(file));

describe.each(LAYERS)('the layer src/%s', (layer) => {
  it.each(REFUSED[layer].map(([source, reason], index) => ({ source, reason, index })))(
    'is refused $source, with the reason',
    ({ reason, index }) => {
      const found = findingsAt(fileOf(layer, 'refused', index));

      expect(found).toHaveLength(1);
      expect(found[0]?.message).toContain(reason);
    },
  );

  it('may import what it is built on', () => {
    const found = ALLOWED[layer].filter((_, index) => findingsAt(fileOf(layer, 'allowed', index)).length > 0);

    expect(found).toEqual([]);
  });
});
