import type { GraphQLResolveInfo } from 'graphql';
import { Ctx, Field, Info, ObjectType, Query, Resolver } from 'type-graphql';
import type { Role as RoleWord } from '../domain/gate.js';
import type { Context } from './context.js';
import { enumOf } from './enums.js';
import { may, roleOfMutation } from './permission.js';

export const Role = enumOf<RoleWord>('Role', 'What somebody may do; each may what those before it may.', {
  READER: 'Reads; nobody signed in.',
  CONTRIBUTOR: 'Proposes.',
  REVIEWER: 'Decides, takes their own work back, and sees people who are PRIVATE.',
  EDITOR: 'Edits, merges, takes back what anybody did.',
  ADMIN: 'Sets visibility.',
});

@ObjectType({ simpleResolvers: true, description: 'Who asks.' })
export class Viewer {
  @Field(() => String, {
    nullable: true,
    description: 'The name that changes are recorded under; null for nobody signed in.',
  })
  name!: string | null;

  @Field(() => Role, { description: 'The role.' })
  role!: RoleWord;

  @Field(() => [String], {
    description: 'The mutations that the viewer may use, by name; some take a stronger role for some of what they do.',
  })
  can!: string[];
}

@Resolver(() => Viewer)
export class ViewerResolver {
  @Query(() => Viewer, { description: 'Who asks, and what they may do.' })
  viewer(@Ctx() { viewer }: Context, @Info() { schema }: GraphQLResolveInfo): Viewer {
    const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
    const can = mutations.filter((field) => may(viewer, roleOfMutation(field)));
    return { ...viewer, can: can.map(({ name }) => name).sort() };
  }
}
