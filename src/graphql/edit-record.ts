import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Edit } from './change.js';
import type { Context } from './context.js';
import { findNode } from './lookup.js';
import { Node, type NodeSource } from './node.js';

@Resolver(() => Edit)
export class EditRecordResolver {
  @FieldResolver(() => Node, {
    nullable: true,
    description:
      'The record as it is now, as `node` answers its id: of a merged one the survivor, of somebody removed or purged a tombstone. Null where it ' +
      'is gone, where the viewer may not see it, and for a resolution, which is read with its contradiction.',
  })
  record(@Root() { recordId }: Edit, @Ctx() context: Context): Promise<NodeSource | null> {
    return findNode(context, recordId);
  }
}
