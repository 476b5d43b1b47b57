import { defaultFieldResolver, type GraphQLField, type GraphQLSchema } from 'graphql';
import { atLeast, ROLES, type Role, type Viewer } from '../domain/gate.js';
import { AppError } from '../errors.js';
import type { Context } from './context.js';

/** Whether somebody may use a mutation that states this role, null for none. */
export function may({ role, readOnly }: Viewer, needed: Role | null): boolean {
  return readOnly !== true && needed !== null && atLeast(role, needed);
}

/** The role that a mutation states with `@Extensions({ role })`, or null: then nobody may use it. */
export function roleOfMutation({ extensions }: Pick<GraphQLField<unknown, unknown>, 'extensions'>): Role | null {
  return ROLES.find((role) => role === extensions.role) ?? null;
}

/**
 * Refuses every mutation to whoever isn't of the role that it states, before it runs; one that states none is refused to everybody,
 * so that nothing can be written because somebody forgot to forbid it.
 */
export function denyByDefault(schema: GraphQLSchema): GraphQLSchema {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const needed = roleOfMutation(field);
    const resolve = field.resolve ?? defaultFieldResolver;
    field.resolve = (root, args, context: Context, info) => {
      if (!may(context.viewer, needed)) throw refusedTo(context, field.name, needed);
      return resolve(root, args, context, info);
    };
  }
  return schema;
}

function refusedTo({ viewer }: Context, mutation: string, needed: Role | null): AppError {
  if (viewer.readOnly && viewer.name !== null)
    return new AppError('FORBIDDEN', 'This token is for reading only.', { rule: 'SCOPE', needed });
  const code = viewer.name === null ? 'UNAUTHENTICATED' : 'FORBIDDEN';
  return new AppError(code, `${mutation} is for ${needed ?? 'nobody'}${needed ? ' and above' : ''}.`, { needed });
}
