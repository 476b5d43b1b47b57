import { Field, ID, InputType, Int } from 'type-graphql';
import type { Named } from '../domain/places.js';
import type { Mention } from '../domain/records.js';
import { ArticlePart } from './article.js';
import type { Context } from './context.js';
import { namedPerson } from './mutation.js';

@InputType({ description: 'Somebody whom an article names.' })
export class MentionInput {
  @Field(() => String, { description: 'The words that name them.' })
  surface!: string;

  @Field(() => ArticlePart, { description: 'Whether they stand in the title or the text.' })
  part!: Mention['part'];

  @Field(() => Int, {
    nullable: true,
    description: 'Where they begin; every place where they stand, if none is given.',
  })
  from?: number | null;

  @Field(() => ID, { description: 'The id or slug of who is named.' })
  person!: string;
}

/** Mentions, with everybody who is named found. Throws NOT_FOUND by the path of the first who is not. */
export async function namedIn(context: Context, mentions: readonly MentionInput[]): Promise<Named[]> {
  const named: Named[] = [];
  for (const [at, { surface, part, from, person }] of mentions.entries()) {
    const { id } = await namedPerson(context, person, `mentions[${at}].person`);
    named.push({ surface, part, from: from ?? undefined, person: id });
  }
  return named;
}
