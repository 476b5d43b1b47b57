import { ArgsType, type ClassType, Field, Int, ObjectType } from 'type-graphql';
import { z } from 'zod';
import { invalid } from '../errors.js';

/** Relay connections over keyset pages: nothing is repeated or lost when something is inserted between two pages. */

const DEFAULT_FIRST = 20;
const MOST = 100;
const LONGEST_CURSOR = 2000;

@ArgsType()
export class PageArgs {
  @Field(() => Int, {
    nullable: true,
    defaultValue: DEFAULT_FIRST,
    description: 'How many at most, 1 to 100. Otherwise INVALID_INPUT, rule PAGE_SIZE.',
  })
  first?: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Begins after this cursor of the same list in the same order. Any other text is INVALID_INPUT, rule CURSOR.',
  })
  after?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'Where a page stands in its list.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether something comes after this page.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether this page begins after a cursor.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'The cursor of the first of this page, null if it is empty.' })
  startCursor!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The cursor of the last of this page, null if it is empty: the next page is `after` it.',
  })
  endCursor!: string | null;
}

export interface Edge<Node> {
  cursor: string;
  node: Node;
}

/** What a connection field answers: each part is read when it is asked for, the page once. */
export interface Connection<Of extends Edge<unknown>> {
  edges(): Promise<Of[]>;
  nodes(): Promise<Of['node'][]>;
  pageInfo(): Promise<PageInfo>;
  totalCount(): Promise<number>;
}

/** The order of a list: its name, and what a cursor says of a row. */
export interface Sort<Cursor> {
  name: string;
  cursor: z.ZodType<Cursor>;
}

/** The order of the lists that are kept by one unique text. */
export const sortText = (name: string): Sort<{ sort: string }> => ({
  name,
  cursor: z.strictObject({ sort: z.string().min(1) }),
});

/** A row's place as an opaque text. */
export function encodeCursor<Cursor>(sort: Sort<Cursor>, cursor: Cursor): string {
  return Buffer.from(JSON.stringify([sort.name, sort.cursor.parse(cursor)])).toString('base64url');
}

/** The place that a cursor names. Throws INVALID_INPUT, rule CURSOR, for a forged one and for one of another order. */
export function decodeCursor<Cursor>(sort: Sort<Cursor>, text: string): Cursor {
  const read = sort.cursor.safeParse(cursorIn(text));
  // The name of the order is in the text: only a cursor of this order is written like this.
  if (read.success && encodeCursor(sort, read.data) === text) return read.data;
  throw invalid('after', 'CURSOR', `This is no cursor of the order ${sort.name}.`);
}

function cursorIn(text: string): unknown {
  if (text.length > LONGEST_CURSOR) return undefined;
  try {
    const read: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    return Array.isArray(read) ? read[1] : undefined;
  } catch {
    return undefined;
  }
}

/** How many to read. Throws INVALID_INPUT, rule PAGE_SIZE. */
export function pageSize(first: number | null | undefined): number {
  const size = first ?? DEFAULT_FIRST;
  if (size >= 1 && size <= MOST) return size;
  throw invalid('first', 'PAGE_SIZE', `A page holds 1 to ${MOST}, not ${size}.`);
}

export interface PageOf<Row, Cursor, Of extends Edge<unknown>> {
  sort: Sort<Cursor>;
  args: PageArgs;
  /** Reads the rows after a place; `first` is one more than the page shows. */
  read(page: { first: number; after: Cursor | null }): Promise<Row[]>;
  cursorOf(row: Row): Cursor;
  /** What a row shows, or null where it is gone or hidden by now: the page goes on without it. */
  shape(row: Row): Omit<Of, 'cursor'> | null;
  count(): Promise<number>;
}

/** Makes the connection of a list. Throws INVALID_INPUT for page arguments that don't fit, before anything is read. */
export function connect<Row, Cursor, Of extends Edge<unknown>>(page: PageOf<Row, Cursor, Of>): Connection<Of> {
  const { sort, args, cursorOf } = page;
  const size = pageSize(args.first);
  const after = args.after == null ? null : decodeCursor(sort, args.after);
  let reading: Promise<Row[]> | undefined;
  const rows = () => {
    reading ??= page.read({ first: size + 1, after });
    return reading;
  };
  const cursor = (row: Row | undefined) => (row === undefined ? null : encodeCursor(sort, cursorOf(row)));
  const edges = async () =>
    (await rows()).slice(0, size).flatMap((row) => {
      const shaped = page.shape(row);
      return shaped === null ? [] : [{ ...shaped, cursor: encodeCursor(sort, cursorOf(row)) } as Of];
    });
  return {
    edges,
    nodes: async () => (await edges()).map(({ node }) => node),
    pageInfo: async () => {
      const read = await rows();
      return {
        hasNextPage: read.length > size,
        hasPreviousPage: after !== null,
        startCursor: cursor(read[0]),
        endCursor: cursor(read.slice(0, size).at(-1)),
      };
    },
    totalCount: () => page.count(),
  };
}

/** A connection that has nothing. */
export function emptyConnection<Of extends Edge<unknown>>(): Connection<Of> {
  return {
    edges: async () => [],
    nodes: async () => [],
    pageInfo: async () => ({ hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null }),
    totalCount: async () => 0,
  };
}

/** An object type, or an interface where a list holds several. */
type NodeType = ClassType | (abstract new () => object);

/**
 * Declares `<name>Connection` and, unless one is given, `<name>Edge`. `node` is what its nodes are, `of` what its description says that
 * it lists and in what order.
 */
export function connectionType(name: string, node: () => NodeType, of: string, edge?: ClassType): ClassType {
  const EdgeType = edge ?? edgeType(name, node);

  @ObjectType(`${name}Connection`, { simpleResolvers: true, description: `A page of ${of}.` })
  class ConnectionType {
    @Field(() => [EdgeType], { description: 'What is on this page, each with its cursor.' })
    edges!: object[];

    @Field(() => [node()], { description: 'The nodes of the edges.' })
    nodes!: object[];

    @Field(() => PageInfo, { description: 'Where this page stands in the list.' })
    pageInfo!: PageInfo;

    @Field(() => Int, { description: 'How many the whole list holds for this viewer; counted only when asked.' })
    totalCount!: number;
  }
  return ConnectionType;
}

function edgeType(name: string, node: () => NodeType): ClassType {
  @ObjectType(`${name}Edge`, { simpleResolvers: true, description: `One entry of a ${name}Connection.` })
  class EdgeType {
    @Field(() => String, { description: 'Its place in the list, for `after`.' })
    cursor!: string;

    @Field(node, { description: 'What is listed.' })
    node!: object;
  }
  return EdgeType;
}
