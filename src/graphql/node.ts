import { Field, ID, InterfaceType, ObjectType } from 'type-graphql';

/** Every value that stands for a node says which type it is. */
export interface NodeSource {
  __typename: string;
  id: string;
}

@InterfaceType({
  resolveType: (value: NodeSource) => value.__typename,
  description: 'Something with an id of its own, which never means anything else.',
})
export abstract class Node {
  @Field(() => ID, { description: 'Opaque; its first letters tell the type. `node` finds it again.' })
  id!: string;
}

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'Stands where a person was removed on request: only the id is left.',
})
export class Tombstone extends Node {}
