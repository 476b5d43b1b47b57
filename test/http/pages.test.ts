import { readFileSync } from 'node:fs';
import { parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createSchema } from '../../src/graphql/schema.js';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const page = read('src/http/pages/index.html');
const examples = [...page.matchAll(/<pre class="query">([\s\S]*?)<\/pre>/g)].map(([, query]) => query ?? '');

describe('the first page', () => {
  it('begins with the first question of README', () => {
    const [, question] = /```graphql\n([\s\S]*?)\n```/.exec(read('README.md')) ?? [];

    expect(examples[0]).toBe(question);
  });

  it.each(examples.map((query, index) => [index + 1, query] as const))(
    'asks what the schema knows: question %i',
    (_, query) => {
      const mistakes = validate(createSchema(), parse(query));

      expect(mistakes.map(({ message }) => message)).toEqual([]);
    },
  );

  it('shows the numbers that the schema has', () => {
    const [, query = ''] = /ask\('(\{ stats .+?)'\)/.exec(read('src/http/pages/page.js')) ?? [];

    expect(validate(createSchema(), parse(query))).toEqual([]);
  });
});
