import { expect } from 'vitest';
import type { Graph } from '../../src/graph/graph.js';
import { verify } from '../../src/store/verify.js';
import type { Telling } from '../support/telling.js';
import { answerOf, ask } from './asking.js';
import { NAME, orphansIn, placesOf, tracesIn } from './somebody-everywhere.js';

const PURGE = `mutation ($id: ID!, $spellings: [String!], $revision: Int, $note: String, $key: String) {
  purgePerson(id: $id, spellings: $spellings, expectedRevision: $revision, note: $note, key: $key) {
    tombstone { __typename id } change { id seq action actor note editCount edits { type recordId purged before after } } } }`;

/** What an administrator does about somebody who wants to be forgotten. */
export class Purging {
  constructor(
    private readonly graph: Graph,
    private readonly story: Telling,
  ) {}

  asAdmin<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
    return answerOf<Data>(this.graph, query, { role: 'ADMIN', as: 'Ada', variables });
  }

  /** Takes them down, with whatever the story has not told yet. */
  remove(id: string) {
    this.story.edit('Person', id, { visibility: 'REMOVED' });
    return this.story.tell({ note: `${NAME} asked for it` });
  }

  purge(id: string, more: object = {}) {
    return ask(this.graph, PURGE, { role: 'ADMIN', as: 'Ada', variables: { id, ...more } });
  }

  /** The ids of people, and undefined for whatever else is found. */
  async search(text: string): Promise<(string | undefined)[]> {
    const { search } = await this.asAdmin<{ search: { nodes: { id?: string }[] } }>(
      'query ($t: String!) { search(text: $t) { nodes { ... on Person { id } } } }',
      { t: text },
    );
    return search.nodes.map(({ id }) => id);
  }

  async expectClean(): Promise<void> {
    expect((await verify(this.graph)).differences).toEqual([]);
  }

  /** Nothing tells of these people, and nothing hangs where they were; their ids stand where a purge needs them. */
  async expectGone(...ids: string[]): Promise<void> {
    await this.expectClean();
    expect(await tracesIn(this.graph)).toEqual([]);
    expect(await placesOf(this.graph, ids)).toEqual([
      'Edit.recordId',
      'Person.born',
      'Person.id',
      'Person.sort',
      'TOUCHES',
    ]);
    expect(await orphansIn(this.graph)).toEqual([]);
  }
}
