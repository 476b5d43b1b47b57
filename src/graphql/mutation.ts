import { defaultFieldResolver, type GraphQLSchema } from 'graphql';
import { ArgsType, Field, Int } from 'type-graphql';
import type { Change } from '../domain/change.js';
import type { Role } from '../domain/gate.js';
import { typeOfId } from '../domain/records.js';
import type { RecordType } from '../domain/words.js';
import { changeIdFor, type Editor, inputFor } from '../editing/editor.js';
import { AppError, invalid } from '../errors.js';
import { changeOfOrder } from '../store/change.js';
import type { StoredPerson } from '../store/person.js';
import type { Context } from './context.js';
import { loadersFor } from './loaders.js';
import { findNode } from './lookup.js';
import { findPerson } from './person.js';

/** What every mutation takes beside what it is about. */
@ArgsType()
export class WriteArgs {
  @Field(() => String, {
    nullable: true,
    description:
      'Names this order of yours, 1 to 200 characters (else INVALID_INPUT, rule KEY): sent again with the same key, it is not done again, and answers the change that it made. Sent with other arguments, of which `note`, expected revisions and the `spellings` of a purge are none: CONFLICT, rule KEY, with the `change` and `at` for which the key stands.',
  })
  key?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why, for the history: at most 2,000 characters, else INVALID_INPUT, rule TEXT_LENGTH.',
  })
  note?: string | null;
}

/** What every mutation of one record takes. */
@ArgsType()
export class EditArgs extends WriteArgs {
  @Field(() => Int, {
    description: 'The `revision` of the record that the decision is about; where it was changed since: CONFLICT.',
  })
  expectedRevision!: number;
}

/**
 * The extensions by which a mutation states the role that it is for, and the one that its argument `accept` takes; `permission.ts`
 * refuses it to everybody else.
 */
export const forRole = (role: Role, accepting: Role = role) => ({ role, accepting });

/** What a mutation answers, at the least. */
export interface Written {
  change: Change | null;
}

/**
 * Carries out one order of the viewer's: `intention` gets who, when and why, and answers its change, null where nothing changed.
 * An order that its key shows to be done already is not done again. What the request reads next is read anew.
 * Throws CONFLICT, rule KEY, where the key stands for another order.
 */
export async function write(
  context: Context,
  order: string,
  args: WriteArgs,
  intention: (editor: Editor) => Promise<Change | null>,
): Promise<Change | null> {
  const editor = editorFor(context, order, args);
  const asked = { id: editor.changeId, input: editor.input ?? null };
  const earlier = args.key == null ? null : await changeOfOrder(context.write, asked);
  const change = earlier ?? (await intention(editor));
  context.loaders = loadersFor(context.graph, context.sight);
  return change;
}

/** Who writes, when and why. Throws UNAUTHENTICATED for nobody, INVALID_INPUT, rule KEY. */
export function editorFor(context: Context, order: string, args: WriteArgs): Editor {
  const { write: graph, viewer, now } = context;
  if (viewer.name === null) throw new AppError('UNAUTHENTICATED', 'Sign in to change something.');
  const key = keyOf(context, args.key);
  return {
    graph,
    actor: viewer.name,
    at: new Date(now()).toISOString(),
    changeId: changeIdFor(viewer.name, order, key),
    note: args.note?.trim() || null,
    input: args.key == null ? null : inputFor(key, context.order ?? {}),
    paths: new Map(),
  };
}

/** Keeps at hand what each mutation is ordered to do, as the client has written it. */
export function keepOrders(schema: GraphQLSchema): GraphQLSchema {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const resolve = field.resolve ?? defaultFieldResolver;
    field.resolve = (root, args, context: Context, info) => {
      context.order = args;
      return resolve(root, args, context, info);
    };
  }
  return schema;
}

/** The key of an order, a new one where the client gives none. Throws INVALID_INPUT, rule KEY. */
export function keyOf({ newKey }: Context, given: string | null | undefined): string {
  const key = given ?? newKey();
  if (key === '') throw invalid('key', 'KEY', 'A key has 1 to 200 characters.');
  return key;
}

/** The ids of the records of a type that a change edited, in its order. */
export function editedIn(change: Change | null, type: RecordType): string[] {
  return (change?.edits ?? []).filter((edit) => edit.type === type).map(({ recordId }) => recordId);
}

/** The person whom an argument names, by id or slug. Throws NOT_FOUND, with the field, for who is unknown or hidden. */
export async function namedPerson(context: Context, ref: string, field: string): Promise<StoredPerson> {
  const found = await findPerson(context, ref);
  if (found === null) throw notFound(field, ref);
  return found.stored;
}

/**
 * The id of the record of this type that an argument names, of its survivor where it was merged. Throws NOT_FOUND, with the field,
 * for what is unknown or hidden.
 */
export async function namedRecord(context: Context, type: RecordType, id: string, field: string): Promise<string> {
  const found = typeOfId(id) === type ? await findNode(context, id) : null;
  if (found === null || found.__typename !== type) throw notFound(field, id);
  return found.id;
}

function notFound(field: string, ref: string): AppError {
  return new AppError('NOT_FOUND', `There is nothing here under ${JSON.stringify(ref.slice(0, 100))}.`, { field });
}

/** The fields of an input that the client gave, null included: those that it left out stay as they are. */
export function given<Fields extends object>(fields: Fields): { [K in keyof Fields]?: Exclude<Fields[K], undefined> } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof Fields]?: Exclude<Fields[K], undefined> };
}
