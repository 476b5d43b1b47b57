import { Arg, Args, Ctx, Extensions, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { canonical } from '../domain/canonical.js';
import type { AliasKind as AliasKindWord, SetVisibility as VisibilityWord } from '../domain/words.js';
import { createPerson, type PersonFields, setVisibility, updatePerson } from '../editing/person.js';
import { invalid } from '../errors.js';
import { Change, changeFor } from './change.js';
import type { Context } from './context.js';
import { EditArgs, editedIn, forRole, given, namedPerson, WriteArgs, write } from './mutation.js';
import type { NodeSource } from './node.js';
import { AliasKind, findPerson, Person, type PersonSource, Visibility } from './person.js';

@InputType({ description: 'Another name of a person.' })
export class AliasInput {
  @Field(() => String, { description: 'The name.' })
  name!: string;

  @Field(() => AliasKind, { description: 'What kind of name it is.' })
  kind!: AliasKindWord;
}

@InputType({ description: 'What is changed of a person: what is left out stays as it is.' })
export class PersonPatch {
  @Field(() => String, { nullable: true, description: 'The name by which the person is known.' })
  name?: string;

  @Field(() => [AliasInput], { nullable: true, description: 'All other names.' })
  aliases?: AliasInput[];

  @Field(() => String, { nullable: true, description: 'A short note that tells apart people of one name.' })
  description?: string | null;

  @Field(() => [String], { nullable: true, description: 'All ids in other collections, as `wikidata:Q186304`.' })
  externalIds?: string[];

  @Field(() => Boolean, { nullable: true, description: 'Known to be an adult, where no birth is known.' })
  adult?: boolean;
}

@InputType({ description: 'Somebody new.' })
export class PersonInput extends PersonPatch {
  @Field(() => String, { description: 'The name by which the person is known.' })
  declare name: string;

  @Field(() => ID, { nullable: true, description: 'The name in addresses; made from the name where none is given.' })
  slug?: string | null;

  @Field(() => Visibility, {
    nullable: true,
    defaultValue: 'LIMITED',
    description: 'To whom the person shows; REMOVED is INVALID_INPUT, rule VISIBILITY.',
  })
  visibility?: VisibilityWord | null;
}

@ObjectType({ simpleResolvers: true, description: 'What an edit of a person did.' })
export class PersonPayload {
  @Field(() => Change, { nullable: true, description: 'The change; null where nothing changed.' })
  change!: NodeSource | null;

  @Field(() => Person, { nullable: true, description: 'The person as they are now.' })
  person!: PersonSource | null;
}

@Resolver()
export class EditPersonResolver {
  @Extensions(forRole('EDITOR'))
  @Mutation(() => PersonPayload, {
    description: 'Makes somebody. What sources say of them, a birth for example, is claimed with `proposeClaims`.',
  })
  async createPerson(
    @Ctx() context: Context,
    @Args(() => WriteArgs) args: WriteArgs,
    @Arg('input', () => PersonInput, { description: 'Who.' }) { slug, visibility, ...fields }: PersonInput,
  ): Promise<PersonPayload> {
    if (visibility === 'REMOVED') throw invalid('input.visibility', 'VISIBILITY', 'Nobody is made to be removed.');
    const person = { ...patchOf(fields), name: fields.name, slug: slug ?? null, visibility: visibility ?? 'LIMITED' };
    const change = await write(context, 'createPerson', args, (editor) => createPerson(editor, person));
    const [id] = editedIn(change, 'Person');
    return { change: change && changeFor(change), person: id === undefined ? null : await findPerson(context, id) };
  }

  @Extensions(forRole('EDITOR'))
  @Mutation(() => PersonPayload, { description: 'Changes names, note and ids of a person.' })
  async updatePerson(
    @Ctx() context: Context,
    @Args(() => EditArgs) args: EditArgs,
    @Arg('id', () => ID, { description: 'The id or slug.' }) ref: string,
    @Arg('set', () => PersonPatch, { description: 'What is changed.' }) set: PersonPatch,
  ): Promise<PersonPayload> {
    const { id } = await namedPerson(context, ref, 'id');
    const change = await write(context, 'updatePerson', args, (editor) =>
      updatePerson(editor, id, patchOf(set), args.expectedRevision),
    );
    return { change: change && changeFor(change), person: await findPerson(context, id) };
  }

  @Extensions(forRole('ADMIN'))
  @Mutation(() => PersonPayload, { description: 'Sets to whom a person shows. Nothing about them is lost by it.' })
  async setVisibility(
    @Ctx() context: Context,
    @Args(() => EditArgs) args: EditArgs,
    @Arg('id', () => ID, { description: 'The id or slug.' }) ref: string,
    @Arg('visibility', () => Visibility, { description: 'To whom.' }) visibility: VisibilityWord,
  ): Promise<PersonPayload> {
    const { id } = await namedPerson(context, ref, 'id');
    const change = await write(context, 'setVisibility', args, (editor) =>
      setVisibility(editor, id, visibility, args.expectedRevision),
    );
    return { change: change && changeFor(change), person: await findPerson(context, id) };
  }
}

function patchOf({ aliases, externalIds, ...rest }: PersonPatch): Partial<PersonFields> {
  // Inputs come as instances of their classes, which no record holds.
  return given({
    ...rest,
    aliases: aliases ? once(aliases.map((alias) => ({ ...alias }))) : undefined,
    externalIds: externalIds ? once(externalIds) : undefined,
  });
}

/** What is given twice is one: a list that holds it twice can't be put back one by one. */
function once<T>(given: readonly T[]): T[] {
  return [...new Map(given.map((item) => [canonical(item), item])).values()];
}
