import { AppError } from '../errors.js';
import type { Operation } from './graph.js';
import { Limit } from './limit.js';

/** What still runs after this is left behind: a statement that the embedded engine can't stop may run for minutes. */
const CLOSE_MS = 10_000;

/** What runs on a graph: each operation within its limit, none after the graph began to close. */
export class Operations {
  private readonly running = new Set<Promise<unknown>>();
  private closing: Promise<void> | null = null;

  /** `explain` turns an engine's error into the AppError that it stands for. */
  constructor(
    private readonly explain: (error: unknown) => unknown,
    private readonly closeMs = CLOSE_MS,
  ) {}

  /** Runs one operation. Whatever it leaves running when its limit is over must be tracked. */
  run<T>(operation: Operation, defaultMs: number, body: (limit: Limit) => Promise<T>): Promise<T> {
    if (this.closing) return Promise.reject(new AppError('UNAVAILABLE', 'The graph is closed.', { rule: 'CLOSED' }));
    return this.track(this.within(new Limit(operation, defaultMs), body));
  }

  /** Remembers what runs, so that closing can wait for it even where the caller has given up. */
  track<T>(work: Promise<T>): Promise<T> {
    const forget = () => {
      this.running.delete(work);
    };
    this.running.add(work);
    work.then(forget, forget);
    return work;
  }

  /** Takes no more operations, and calls `release` once, when the last one is over or has had its time. */
  close(release: () => Promise<void> | void): Promise<void> {
    this.closing ??= this.idle().then(release);
    return this.closing;
  }

  private async within<T>(limit: Limit, body: (limit: Limit) => Promise<T>): Promise<T> {
    try {
      limit.check();
      return await body(limit);
    } catch (error) {
      throw this.explain(error);
    } finally {
      limit.end();
    }
  }

  private async idle(): Promise<void> {
    const limit = new Limit({}, this.closeMs);
    while (this.running.size > 0 && !limit.isOver) {
      await limit.race(Promise.allSettled(this.running)).catch(() => {});
    }
    limit.end();
  }
}
