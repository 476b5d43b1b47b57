import type { Limit } from './limit.js';

/** Lets a fixed number in at a time, the others in the order in which they came. */
export class Turns {
  private readonly waiting: (() => void)[] = [];

  constructor(private free: number) {}

  /** Waits for a turn, and answers what gives it back. A turn that comes after `limit` is over goes to the next. */
  async take(limit: Limit): Promise<() => void> {
    limit.check();
    const turn = this.next();
    try {
      await limit.race(turn);
    } catch (error) {
      void turn.then(() => this.giveBack());
      throw error;
    }
    return () => this.giveBack();
  }

  private next(): Promise<void> {
    if (this.free > 0) {
      this.free -= 1;
      return Promise.resolve();
    }
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private giveBack(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.free += 1;
  }
}
