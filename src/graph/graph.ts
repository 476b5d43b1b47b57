/** What goes over the seam: flat values, lists and maps of them. Never a node, a path or an integer object. */
export type Value = null | boolean | number | string | Value[] | { [key: string]: Value };
/** Whole numbers are integers in the graph; NaN, infinities and whole numbers beyond 2^53 are refused. Undefined is null. */
export type Params = { [key: string]: Value | undefined };
export type Row = { [key: string]: Value };

export interface Operation {
  /** Milliseconds from now after which it gives up with UNAVAILABLE, retries and waiting included; 30 s for a read, 120 s for a write. */
  deadlineMs?: number;
  /** Gives up at once: with the signal's reason if that is an AppError, else with UNAVAILABLE. */
  signal?: AbortSignal;
}

/** Whatever can run one reading statement: the graph itself, or a write transaction that reads what it has written. */
export interface Reads {
  /**
   * Runs one constant statement with parameters, and answers its rows in the engine's order.
   * The graph refuses a statement that writes. Inside a transaction the transaction's own limits hold, not `operation`'s.
   */
  read(statement: string, params?: Params, operation?: Operation): Promise<Row[]>;
}

export interface Transaction extends Reads {
  /**
   * Runs one writing statement, after those that were asked for before it. Any error rolls the whole transaction back,
   * even if `work` catches it. A value that must be unique and isn't: CONFLICT, rule UNIQUE, with `type` and `field`.
   */
  run(statement: string, params?: Params): Promise<Row[]>;
}

/** Whatever a change can be made in: the graph, or a transaction that the change is part of. */
export interface Writes extends Reads {
  write<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
}

/** The seam between Hearsay and a graph engine: everything above it exists once. */
export interface Graph extends Reads {
  /**
   * Runs `work` in one transaction: committed when it answers, rolled back when it throws. `work` runs again, with jitter, when
   * the engine asks for it (a deadlock, two writers of one node, a lost connection), so it must do nothing outside the transaction.
   * A connection that is lost during the commit leaves open whether it happened: `work` then runs again over its own result,
   * and UNAVAILABLE never proves that nothing was written. So `work` looks first whether its change is already there.
   */
  write<T>(work: (transaction: Transaction) => Promise<T>, operation?: Operation): Promise<T>;
  /** Creates constraints, indexes and the `Graph` node where they are missing, and waits until they serve. Refuses a newer schema version. */
  createSchema(): Promise<void>;
  /** An empty graph with its schema in the memory of this process, for what is worked out and thrown away. Whoever asks for it closes it. */
  scratch(): Promise<Graph>;
  /** Refuses new work, lets what runs finish, and gives the graph back. Closing twice is fine. */
  close(): Promise<void>;
  /** Statements run since the graph was opened, repeated attempts included, for tests and metrics. */
  readonly statements: number;
  readonly engine: 'neo4j' | 'embedded';
}
