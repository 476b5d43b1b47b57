import { AppError } from '../errors.js';
import type { Operation } from './graph.js';

export const DEFAULT_READ_MS = 30_000;
export const DEFAULT_WRITE_MS = 120_000;

/** The time and the patience that one operation has. Whoever makes one calls `end` when the operation is over. */
export class Limit {
  private readonly endsAt: number;
  private readonly timer: NodeJS.Timeout;
  private readonly over: Promise<never>;
  private readonly signal: AbortSignal | undefined;
  private readonly onAbort = () => this.fail(aborted(this.signal?.reason));
  private reject: (error: AppError) => void = () => {};
  private failure: AppError | null = null;

  constructor({ deadlineMs, signal }: Operation, defaultMs: number) {
    const ms = Math.max(0, deadlineMs ?? defaultMs);
    this.endsAt = performance.now() + ms;
    this.over = new Promise<never>((_, reject) => {
      this.reject = reject;
    });
    this.over.catch(() => {});
    this.timer = setTimeout(() => this.fail(timedOut(ms)), ms);
    this.signal = signal;
    signal?.addEventListener('abort', this.onAbort, { once: true });
    if (signal?.aborted) this.onAbort();
  }

  /** Milliseconds until the deadline, at least 1. */
  get left(): number {
    return Math.max(1, Math.ceil(this.endsAt - performance.now()));
  }

  /** Whether the operation has been given up. */
  get isOver(): boolean {
    return this.failure !== null;
  }

  /** Throws if the operation has been given up. */
  check(): void {
    if (this.failure) throw this.failure;
  }

  /** What `work` answers, or the failure if the operation is given up first; `work` itself goes on. */
  async race<T>(work: PromiseLike<T>): Promise<T> {
    return Promise.race([this.over, work]);
  }

  end(): void {
    clearTimeout(this.timer);
    this.signal?.removeEventListener('abort', this.onAbort);
  }

  private fail(error: AppError): void {
    this.failure ??= error;
    this.reject(this.failure);
  }
}

function timedOut(ms: number): AppError {
  return new AppError('UNAVAILABLE', `The graph did not answer within ${ms} ms.`, { rule: 'DEADLINE' });
}

function aborted(reason: unknown): AppError {
  if (reason instanceof AppError) return reason;
  return new AppError(
    'UNAVAILABLE',
    'The request was given up before the graph answered.',
    { rule: 'ABORTED' },
    { cause: reason },
  );
}
