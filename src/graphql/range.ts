import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType({ simpleResolvers: true, description: 'A whole number as precisely as the dates behind it are known.' })
export class Range {
  @Field(() => Int, { description: 'At least this: so much is certain.' })
  min!: number;

  @Field(() => Int, { nullable: true, description: 'At most this; null where nothing bounds it.' })
  max!: number | null;
}
