import { expect } from 'vitest';
import type { Telling } from '../support/telling.js';
import { CHANGES, nextOf, openStream, seqsOf, socketClient, subscribe } from './listening.js';
import { bearer } from './signing-in.js';

export interface Reading {
  /** Of the servers of one graph; each connection is to the next one. */
  urls: string[];
  token: string;
  /** After which change the reader begins, and how many it reads. */
  since: number;
  changes: number;
  reconnects: number;
}

/** Reads some changes after one over a connection of its own, which it leaves without a word. */
type ReadSome = (url: string, token: string, since: number, count: number) => Promise<number[]>;

const READERS: Record<'sse' | 'websocket', ReadSome> = {
  async sse(url, token, since, count) {
    const { frames, leave } = await openStream(url, { ...bearer(token), 'last-event-id': String(since) });
    const seqs = await seqsOf(frames, count);
    leave();
    return seqs;
  },
  async websocket(url, token, since, count) {
    const client = socketClient(url, token);
    const answers = subscribe(client, CHANGES, { since: String(since) });
    const seqs: number[] = [];
    while (seqs.length < count) seqs.push(Number((await nextOf(answers)).data?.changes?.seq));
    client.terminate();
    return seqs;
  },
};

/** Reads the feed while somebody writes, and reconnects so often: every change once, in order. */
export async function readsEachOnce(
  transport: keyof typeof READERS,
  { urls, token, since, changes, reconnects }: Reading,
): Promise<void> {
  const seen: number[] = [];
  const each = Math.floor(changes / (reconnects + 1));
  for (let n = 0; n <= reconnects; n += 1) {
    const isLast = n === reconnects;
    // Sometimes one, sometimes twice as many.
    const count = isLast ? changes - seen.length : 1 + ((n * 7) % (2 * each - 1));
    const url = urls[n % urls.length] ?? '';
    seen.push(...(await READERS[transport](url, token, seen.at(-1) ?? since, count)));
  }
  expect(seen).toEqual(Array.from({ length: changes }, (_, n) => since + 1 + n));
}

let renamed = 0;

/** Renames somebody so often, one change after the other. */
export async function renameOften(story: Telling, person: string, times: number): Promise<void> {
  for (let n = 0; n < times; n += 1) {
    renamed += 1;
    story.edit('Person', person, { name: `Name ${renamed}` });
    await story.tell({ action: 'rename' });
  }
}
