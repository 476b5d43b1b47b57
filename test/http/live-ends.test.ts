import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../src/errors.js';
import type { Graph, Row } from '../../src/graph/graph.js';
import { Telling } from '../support/telling.js';
import {
  CHANGES,
  endOf,
  type Frame,
  nextOf,
  openStream,
  refusal,
  seqsOf,
  socketClient,
  subscribe,
} from './listening.js';
import { renameOften } from './reconnecting.js';
import { serving } from './serving.js';
import { aToken, bearer } from './signing-in.js';

const SETTINGS = { liveIntervalMs: 10 };
const COMPLETE: Frame = { event: 'complete', data: null };

/** A server with a clock of its own over a graph with one change, after which somebody listens in both ways. */
async function aServer(settings = {}) {
  const clock = { now: Date.now() };
  const served = await serving({ ...SETTINGS, ...settings }, undefined, { now: () => clock.now });
  const story = new Telling(served.graph);
  const ann = story.person('Ann');
  await story.tell();
  return { ...served, clock, rename: (times = 1) => renameOften(story, ann, times) };
}

async function listening(url: string, token: string) {
  const { frames } = await openStream(url, bearer(token), { variables: { since: '0' } });
  const answers = subscribe(socketClient(url, token), CHANGES, { since: '0' });
  expect(await seqsOf(frames, 1)).toEqual([1]);
  await nextOf(answers);
  return { frames, answers };
}

/** How a stream ends that tells why. */
async function reasonOf(frames: AsyncIterator<Frame, void>) {
  const { event, data } = await nextOf(frames);
  expect(event).toBe('next');
  expect(await nextOf(frames)).toEqual(COMPLETE);
  expect(await frames.next()).toEqual({ done: true, value: undefined });
  return (data as { errors: unknown }).errors;
}

/** Lets what a graph reads by a statement of this name be answered by `change`, as long as that is set. */
function meddle(graph: Graph, name: string) {
  const meddling: { change: ((rows: Row[]) => Row[]) | null; reads: number } = { change: null, reads: 0 };
  const read = graph.read.bind(graph);
  graph.read = async (statement, ...rest) => {
    const rows = await read(statement, ...rest);
    if (!statement.startsWith(`/* ${name} */`)) return rows;
    meddling.reads += 1;
    return meddling.change ? meddling.change(rows) : rows;
  };
  return meddling;
}

function away(): never {
  throw new AppError('UNAVAILABLE', 'The graph is away.');
}

describe('live changes, whatever the engine, end', () => {
  test('with a socket that closes once its token is over', async () => {
    const { url, graph, clock } = await aServer();
    const { token } = await aToken(graph, { expires: clock.now + 60_000 });
    const client = socketClient(url, token);
    const closed = new Promise((resolve) => client.on('closed', resolve));
    await nextOf(subscribe(client, CHANGES, { since: '0' }));

    clock.now += 60_000;

    expect(await closed).toMatchObject({ code: 4403 });
  });

  test('where the log ends before what was told, for it is another graph', async () => {
    const { url, graph, rename } = await aServer();
    await rename();
    const { frames } = await openStream(url, bearer((await aToken(graph)).token));
    expect(await nextOf(frames)).toEqual({ id: '2' });

    meddle(graph, 'seqNow').change = () => [{ seq: 1 }];

    expect(await reasonOf(frames)).toEqual(refusal({ code: 'INVALID_INPUT', rule: 'SINCE' }));
  });

  test('with our mistake where a change is missing for good, and never tell the next one', async () => {
    const { url, graph, rename, lines } = await aServer();
    const { frames } = await listening(url, (await aToken(graph)).token);

    meddle(graph, 'changesBySeq').change = (rows) => rows.filter(({ key }) => key !== 3);
    await rename(3);

    expect(await seqsOf(frames, 1)).toEqual([2]);
    expect(await reasonOf(frames)).toEqual(refusal({ code: 'INTERNAL' }));
    expect(lines).toContainEqual(
      expect.objectContaining({ err: expect.objectContaining({ message: 'There is no change 3' }) }),
    );
  });
});

describe('live changes, whatever the engine, wait', () => {
  test('for a change that is not to be seen yet, and tell none before it', async () => {
    const { url, graph, rename } = await aServer();
    const { frames } = await listening(url, (await aToken(graph)).token);
    const pages = meddle(graph, 'changesBySeq');

    pages.change = (rows) => {
      if (pages.reads >= 5) pages.change = null;
      return rows.filter(({ key }) => key !== 3);
    };
    await rename(3);

    expect(await seqsOf(frames, 3)).toEqual([2, 3, 4]);
    expect(pages.change).toBeNull();
  });

  test('while the graph is away, and go on where they were', async () => {
    const { url, graph, rename } = await aServer();
    const { frames, answers } = await listening(url, (await aToken(graph)).token);
    const looks = meddle(graph, 'seqNow');

    looks.change = away;
    await rename(2);
    while (looks.reads < 20) await wait(10);
    looks.change = null;

    expect(await seqsOf(frames, 2)).toEqual([2, 3]);
    expect((await nextOf(answers)).data?.changes?.seq).toBe(2);
  });

  test('to be asked for again where an answer could not be read whole', async () => {
    const { url, graph, rename } = await aServer();
    const { token } = await aToken(graph);
    const { frames, answers } = await listening(url, token);

    const edits = meddle(graph, 'editsOf');
    edits.change = away;
    await rename();

    // Without `complete`, so that an EventSource comes again.
    expect(await frames.next()).toEqual({ done: true, value: undefined });
    expect(await endOf(answers)).toEqual(refusal({ code: 'UNAVAILABLE' }));
    edits.change = null;
    const again = await openStream(url, { ...bearer(token), 'last-event-id': '1' });
    expect(await seqsOf(again.frames, 1)).toEqual([2]);
  });

  test('for a client that takes nothing, and read no further meanwhile', async () => {
    const { url, graph } = await aServer({ liveIntervalMs: 10 });
    const { token } = await aToken(graph);
    const story = new Telling(graph);
    const long = 'x'.repeat(2_000);
    for (let n = 0; n < 60; n += 1) {
      story.person(`P ${n}`);
      await story.tell({ id: `chg_p${n}`, note: long });
    }
    const edits = meddle(graph, 'editsOf');
    const notes = Array.from({ length: 400 }, (_, n) => `n${n}: note`).join(' ');
    const query = `subscription { changes(since: "1") { seq ${notes} edits { place } } }`;

    const { frames } = await openStream(url, bearer(token), { query });
    await wait(500);
    const meanwhile = edits.reads;

    expect(meanwhile).toBeGreaterThan(0);
    expect(meanwhile).toBeLessThan(60);
    expect(await seqsOf(frames, 60)).toEqual(Array.from({ length: 60 }, (_, n) => n + 2));
  });
});
