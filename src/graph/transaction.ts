import type { Params, Row, Transaction } from './graph.js';

/** The statements of one attempt at a write, one after the other. The first failure fails those that follow, and the whole. */
export class Statements implements Transaction {
  private last: Promise<unknown> = Promise.resolve();
  private failure: { error: unknown } | null = null;
  private over = false;

  /** `explain` turns an engine's error into what `work` sees of it. */
  constructor(
    private readonly execute: (statement: string, params: Params) => Promise<Row[]>,
    private readonly explain: (error: unknown) => unknown,
  ) {}

  read(statement: string, params: Params = {}): Promise<Row[]> {
    return this.run(statement, params);
  }

  run(statement: string, params: Params = {}): Promise<Row[]> {
    if (this.over) return Promise.reject(new Error('This transaction is over; await each statement inside `work`'));
    const answer = this.last.then(async () => {
      if (this.failure) throw this.explain(this.failure.error);
      try {
        return await this.execute(statement, params);
      } catch (error) {
        this.failure = { error };
        throw this.explain(error);
      }
    });
    this.last = answer.catch(() => {});
    return answer;
  }

  /** Takes no more statements, waits for those that run, and throws the first failure even if `work` caught it. */
  async settle(): Promise<void> {
    await this.abandon();
    if (this.failure) throw this.failure.error;
  }

  /** Takes no more statements, and waits for those that run. */
  async abandon(): Promise<void> {
    this.over = true;
    await this.last;
  }

  /** The statement's error if the engine asks for another try, else what `work` threw, which may say it better. */
  causeOf(thrown: unknown, tries: (error: unknown) => number): unknown {
    return this.failure && tries(this.failure.error) > 1 ? this.failure.error : thrown;
  }
}
