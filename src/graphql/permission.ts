import { defaultFieldResolver, type GraphQLField, type GraphQLSchema } from 'graphql';
import type { Change } from '../domain/change.js';
import { atLeast, ROLES, type Role, type Viewer } from '../domain/gate.js';
import { AppError } from '../errors.js';
import type { Context } from './context.js';

/** Whether somebody may use a mutation that states this role, null for none. */
export function may({ role, readOnly }: Viewer, needed: Role | null): boolean {
  return readOnly !== true && needed !== null && atLeast(role, needed);
}

type Stated = Pick<GraphQLField<unknown, unknown>, 'extensions'>;

/** The role that a mutation states with `@Extensions(forRole(…))`, or null: then nobody may use it. */
export function roleOfMutation({ extensions }: Stated): Role | null {
  return ROLES.find((role) => role === extensions.role) ?? null;
}

/** The role that it states for what it accepts at once. */
function roleToAccept({ extensions }: Stated): Role | null {
  return ROLES.find((role) => role === extensions.accepting) ?? null;
}

/** The role that the mutation needs by which a change was made, or null where no mutation has its name. */
export function roleOfChange(schema: GraphQLSchema, { action, edits }: Pick<Change, 'action' | 'edits'>): Role | null {
  const mutation = schema.getMutationType()?.getFields()[action];
  if (mutation === undefined) return null;
  const isAccepting = edits.some(({ after }) => after?.verdict === 'ACCEPTED');
  return isAccepting ? roleToAccept(mutation) : roleOfMutation(mutation);
}

/**
 * Refuses every mutation to whoever isn't of the role that it states, before it runs; one that states none is refused to everybody,
 * so that nothing can be written because somebody forgot to forbid it.
 */
export function denyByDefault(schema: GraphQLSchema): GraphQLSchema {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const [needed, toAccept] = [roleOfMutation(field), roleToAccept(field)];
    const resolve = field.resolve ?? defaultFieldResolver;
    field.resolve = (root, args, context: Context, info) => {
      if (!may(context.viewer, needed)) throw refusedTo(context, field.name, needed);
      if (args.accept && !may(context.viewer, toAccept)) throw refusedTo(context, field.name, toAccept, 'accept');
      return resolve(root, args, context, info);
    };
  }
  return schema;
}

function refusedTo({ viewer }: Context, mutation: string, needed: Role | null, field?: string): AppError {
  if (viewer.readOnly && viewer.name !== null)
    return new AppError('FORBIDDEN', 'This token is for reading only.', { rule: 'SCOPE', needed });
  const code = viewer.name === null ? 'UNAUTHENTICATED' : 'FORBIDDEN';
  const what = field ? `${mutation} with ${field}` : mutation;
  const message = `${what} is for ${needed ?? 'nobody'}${needed ? ' and above' : ''}.`;
  return new AppError(code, message, { needed, ...(field && { field }) });
}
