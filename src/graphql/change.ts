import { Field, ID, Int, ObjectType } from 'type-graphql';
import { canonical } from '../domain/canonical.js';
import type { Change as StoredChange } from '../domain/change.js';
import { ID_PREFIX, type RecordType as RecordTypeWord } from '../domain/records.js';
import { enumOf } from './enums.js';
import { Node, type NodeSource } from './node.js';
import { DateTime } from './scalars.js';

export const RecordType = enumOf<RecordTypeWord>(
  'RecordType',
  'What a record is.',
  Object.fromEntries(
    Object.entries(ID_PREFIX).map(([type, prefix]) => [type, `Its ids begin with \`${prefix}\`.`]),
  ) as Record<RecordTypeWord, string>,
);

@ObjectType({ simpleResolvers: true, description: 'What a change did to one record.' })
export class Edit {
  @Field(() => RecordType, { description: 'What the record is.' })
  type!: RecordTypeWord;

  @Field(() => ID, { description: 'The record.' })
  recordId!: string;

  @Field(() => String, { nullable: true, description: 'The changed fields before, as JSON; null where it was new.' })
  before!: string | null;

  @Field(() => String, { nullable: true, description: 'The changed fields after, as JSON; null where it was removed.' })
  after!: string | null;
}

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'One write of decisions: who, when, why and what.',
})
export class Change extends Node {
  @Field(() => Int, { description: 'Its place in the one order of all changes.' })
  seq!: number;

  @Field(() => DateTime, { description: 'When.' })
  at!: string;

  @Field(() => String, { description: 'Who.' })
  actor!: string;

  @Field(() => String, { description: 'The order that made it.' })
  action!: string;

  @Field(() => String, { nullable: true, description: 'Why.' })
  note!: string | null;

  @Field(() => String, { nullable: true, description: 'The batch that it is part of, for `undoBatch`.' })
  batch!: string | null;

  @Field(() => [Edit], { description: 'What it did, record by record.' })
  edits!: Edit[];
}

/** A change as it is answered. */
export function changeFor({ edits, ...change }: StoredChange): NodeSource {
  const told = edits.map(({ type, recordId, before, after }) => ({
    ...{ type, recordId },
    before: before && canonical(before),
    after: after && canonical(after),
  }));
  return { __typename: 'Change', ...change, edits: told } as NodeSource;
}
