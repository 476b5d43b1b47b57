/** What goes over the seam: flat values, lists and maps of them. Never a node, a path or an integer object. */
export type Value = null | boolean | number | string | Value[] | { [key: string]: Value };
export type Params = { [key: string]: Value | undefined };
export type Row = { [key: string]: Value };

export interface Operation {
  /** Gives up with UNAVAILABLE (reads past their time) or the abort reason; milliseconds from now. */
  deadlineMs?: number;
  signal?: AbortSignal;
}

/** Whatever can run one reading statement: the graph itself, or a write transaction that reads what it has written. */
export interface Reads {
  /** Runs one constant statement with parameters, and answers its rows in the engine's order. */
  read(statement: string, params?: Params, operation?: Operation): Promise<Row[]>;
}

export interface Transaction extends Reads {
  /** Runs one writing statement; any error rolls the whole transaction back. */
  run(statement: string, params?: Params): Promise<Row[]>;
}

/** The seam between Hearsay and a graph engine: everything above it exists once. */
export interface Graph extends Reads {
  /**
   * Runs `work` in one transaction: committed when it answers, rolled back when it throws. `work` runs again, with jitter, when
   * the engine asks for it (a deadlock, two writers of one node), so it must do nothing outside the transaction.
   */
  write<T>(work: (transaction: Transaction) => Promise<T>, operation?: Operation): Promise<T>;
  /** Creates constraints, indexes and the `Graph` node where they are missing, and waits until they serve. Refuses a newer schema version. */
  createSchema(): Promise<void>;
  close(): Promise<void>;
  /** Statements run since the graph was opened, for tests and metrics. */
  readonly statements: number;
  readonly engine: 'neo4j' | 'embedded';
}
