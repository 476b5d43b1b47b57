import type { RunnerTestSuite } from 'vitest';
import { type Lease, takeLease } from './lease.js';

/** A test file's turn with one Neo4j, from when a suite needs it until that suite ends: meanwhile other files run on other engines. */
export class Turn {
  private taken: Promise<Lease> | null = null;
  private suite: RunnerTestSuite | null = null;

  /** `prepare` gets the address of a Neo4j that nobody has had before. */
  constructor(
    private readonly port: number,
    readonly version: string,
    private readonly prepare: (url: string) => Promise<void>,
  ) {}

  get name(): string {
    return `Neo4j ${this.version}`;
  }

  /** The address, once it's this file's turn. */
  async take(): Promise<string> {
    this.taken ??= this.wait();
    return (await this.taken).url;
  }

  /** Waits where this suite is named after this Neo4j. What goes wrong is for whoever takes it next to tell. */
  async takeFor(suite: RunnerTestSuite): Promise<void> {
    if (this.taken !== null || suite.mode !== 'run' || !suite.name.includes(this.name)) return;
    this.suite = suite;
    await this.take().catch(() => undefined);
  }

  giveBackAfter(suite: RunnerTestSuite): void {
    if (this.suite === suite) this.giveBack();
  }

  giveBack(): void {
    this.taken?.then((lease) => lease.giveBack()).catch(() => undefined);
    this.taken = null;
    this.suite = null;
  }

  private async wait(): Promise<Lease> {
    const lease = await takeLease(this.port, this.version);
    if (lease.isFirst) await this.prepare(lease.url);
    return lease;
  }
}

let turns: readonly Turn[] = [];

/** Tells runner.ts which turns the suites of this file wait for. */
export function turnsOfFile(ofFile: readonly Turn[]): void {
  turns = ofFile;
}

export const turnsNow = (): readonly Turn[] => turns;
