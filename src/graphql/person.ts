import type { GraphQLResolveInfo } from 'graphql';
import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Info,
  InputType,
  Int,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { ageOn } from '../domain/age.js';
import { namesTold } from '../domain/called.js';
import { floorFor, seesPerson } from '../domain/gate.js';
import { parseSpan } from '../domain/partial-date.js';
import type { AliasKind as AliasKindWord, SetVisibility, Visibility as VisibilityWord } from '../domain/words.js';
import { invalid } from '../errors.js';
import type { StoredPerson } from '../store/person.js';
import { AS_OF, contextAsOf, personRefAsOf } from './as-of.js';
import { type Context, is } from './context.js';
import { enumOf } from './enums.js';
import { Node, type NodeSource } from './node.js';
import { DateFact, factOf } from './partial-date.js';
import { DateTime, EDTF } from './scalars.js';

export const AliasKind = enumOf<AliasKindWord>('AliasKind', 'What another name is.', {
  BIRTH_NAME: 'The name given at birth.',
  MARRIED_NAME: 'A name taken with a marriage.',
  STAGE_NAME: 'A name to perform under.',
  NICKNAME: 'What friends or the press say.',
  SPELLING: 'Another way to write the name.',
  FORMER_NAME: 'A name no longer used.',
});

export const Visibility = enumOf<SetVisibility>('Visibility', 'To whom a person shows.', {
  PUBLIC: 'To everybody.',
  LIMITED: 'To everybody, but to readers and contributors only with what is CONFIRMED.',
  PRIVATE: 'To reviewers and above.',
  REMOVED: 'To administrators.',
});

@ObjectType({ simpleResolvers: true, description: 'Another name of a person.' })
export class Alias {
  @Field(() => String, { description: 'The name.' })
  name!: string;

  @Field(() => AliasKind, {
    nullable: true,
    description: 'What kind of name it is; null where only sources tell it, by accepted claims on NAME.',
  })
  kind!: AliasKindWord | null;
}

@ObjectType({ simpleResolvers: true, description: 'An age in whole years, as precisely as the birth is known.' })
export class Age {
  @Field(() => Int, { description: 'At least this many years.' })
  min!: number;

  @Field(() => Int, { nullable: true, description: 'At most this many years; null where the birth is open.' })
  max!: number | null;
}

@InputType({ description: 'The id of a person in another collection.' })
export class ExternalIdInput {
  @Field(() => String, { description: 'The collection: `wikidata`.' })
  source!: string;

  @Field(() => String, { description: 'The id there: `Q186304`.' })
  id!: string;
}

@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description:
    'Somebody in the graph. A minor who is named as the child or sibling of an adult has an id and a name; everything else of theirs is ' +
    'null or empty.',
})
export class Person extends Node {
  @Field(() => ID, { nullable: true, description: 'The name in addresses, unique, `[a-z0-9-]+`.' })
  slug!: string | null;

  @Field(() => String, { description: 'The name by which the person is known.' })
  name!: string;

  @Field(() => [Alias], {
    description:
      'Other names: those that are recorded, then those that sources tell, where that is REPORTED or better.',
  })
  aliases!: Alias[];

  @Field(() => DateFact, { nullable: true, description: 'When the person was born; null where nobody says.' })
  birth!: DateFact | null;

  @Field(() => DateFact, { nullable: true, description: 'When the person died; null where nobody says that they did.' })
  death!: DateFact | null;

  @Field(() => [String], { description: 'What the person does, where it is REPORTED or better.' })
  occupations!: string[];

  @Field(() => String, { nullable: true, description: 'A short note that tells apart people of one name.' })
  description!: string | null;

  @Field(() => [String], { description: 'Ids in other collections, as `wikidata:Q186304`.' })
  externalIds!: string[];

  @Field(() => Visibility, {
    nullable: true,
    description: 'To whom the person shows; for REVIEWER and above, else null.',
  })
  visibility!: VisibilityWord | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The number of the last change to the record, for `expectedRevision`.',
  })
  revision!: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'The id or slug that was asked for, where that person has been merged into this one.',
  })
  redirectedFrom!: string | null;
}

/** What stands for a person: the fields that are answered as they are, and what the others are made from. */
export interface PersonSource extends NodeSource {
  stored: StoredPerson;
  /** A minor whom this viewer meets by name: nothing else of theirs may be answered. */
  nameOnly: boolean;
  name: string;
}

/** Everything of a person that a viewer who sees them may see. */
export function personFor(context: Context, stored: StoredPerson, asked = stored.id): PersonSource {
  const { birth, death, names, occupations } = stored.shown;
  const floor = floorFor(context.sight, [stored]);
  const established = <Of extends { standing: number }>(field: Of) => field.standing >= floor;
  const { id, slug, name, aliases, description, externalIds, revision } = stored;
  const source = {
    ...{ __typename: 'Person', stored, nameOnly: false },
    ...{ id, slug, name, description, externalIds, revision },
    aliases: [...aliases, ...namesTold(stored, names, floor).map((told) => ({ name: told, kind: null }))],
    birth: birth.date !== null && established(birth) ? factOf(birth) : null,
    death: death.date !== null && established(death) ? factOf(death) : null,
    occupations: occupations.filter((field) => field.standing >= 2 && established(field)).map(({ text }) => text),
    visibility: is(context, 'REVIEWER') ? stored.visibility : null,
    redirectedFrom: asked === id || asked === slug ? null : asked,
  };
  return source;
}

/** A minor of whom only id and name are told. */
export function namedOnly(stored: StoredPerson): PersonSource {
  const { id, name } = stored;
  const nothing = { aliases: [], occupations: [], externalIds: [] };
  return { ...{ __typename: 'Person', stored, nameOnly: true, ...nothing }, id, name };
}

/** Whoever comes with a record that is shown: in full where the viewer sees them, else by name. */
export function partyFor(context: Context, stored: StoredPerson): PersonSource {
  return seesPerson(context.sight, stored) ? personFor(context, stored) : namedOnly(stored);
}

/**
 * The person whom `asked` (an id or slug) names, or null: unknown and hidden are the same. `ref` is what they are looked up by where that
 * is something else.
 */
export async function findPerson(context: Context, asked: string, ref = asked): Promise<PersonSource | null> {
  if (ref === '' || ref.length > 200) return null;
  const stored = await context.loaders.people.load(ref);
  if (stored === null || !seesPerson(context.sight, stored)) return null;
  return personFor(context, stored, stored.id === ref ? ref : asked);
}

/** The same in a context of `contextAsOf`: slugs are those of today. */
export async function findPersonAsOf(context: Context, then: Context, asked: string): Promise<PersonSource | null> {
  const ref = asked.length > 200 ? null : await personRefAsOf(context, then, asked);
  return ref === null ? null : findPerson(then, asked, ref);
}

const MOST_NAMED = 100;

/**
 * The ids, each once, of those whom the viewer sees of these ids and slugs, or null for null: whoever is hidden filters like somebody
 * unknown. Throws INVALID_INPUT, rule TOO_MANY.
 */
export async function seenIds(
  context: Context,
  refs: readonly string[] | null | undefined,
  field: string,
): Promise<string[] | null> {
  if (refs == null) return null;
  if (refs.length > MOST_NAMED) throw invalid(field, 'TOO_MANY', `A filter takes at most ${MOST_NAMED} people.`);
  const found = await Promise.all(refs.map((ref) => findPerson(context, ref)));
  return [...new Set(found.flatMap((person) => person?.id ?? []))].sort();
}

@Resolver(() => Person)
export class PersonResolver {
  @Query(() => Person, {
    nullable: true,
    description:
      'A person by id, slug or external id: exactly one of them, else INVALID_INPUT, rule ONE_KEY. Null for nobody.',
  })
  async person(
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Arg('id', () => ID, { nullable: true, description: 'The id or the slug.' }) id?: string | null,
    @Arg('externalId', () => ExternalIdInput, { nullable: true, description: 'The id in another collection.' })
    externalId?: ExternalIdInput | null,
    @Arg('asOf', () => DateTime, { nullable: true, description: AS_OF }) asOf?: string | null,
  ): Promise<PersonSource | null> {
    if ((id == null) === (externalId == null)) throw invalid('id', 'ONE_KEY', 'Give either id or externalId.');
    const then = await contextAsOf(context, info, asOf);
    if (then === null) return null;
    if (id != null) return findPersonAsOf(context, then, id);
    const { loaders, sight } = context;
    const stored = await loaders.peopleByExternalId.load(`${externalId?.source}:${externalId?.id}`);
    if (stored === null || !seesPerson(sight, stored)) return null;
    return then === context ? personFor(context, stored) : findPerson(then, stored.id);
  }

  @FieldResolver(() => Age, {
    nullable: true,
    description:
      'The age on a day or at some time of a span; at death for any later day. Null before birth or where no birth is known.',
  })
  age(
    @Root() person: PersonSource,
    @Ctx() { sight }: Context,
    @Arg('on', () => EDTF, { nullable: true, description: 'The day or span; today where none is given.' })
    on?: string | null,
  ): Age | null {
    const { birth, death } = person.stored.shown;
    const floor = floorFor(sight, [person.stored]);
    const days = on == null ? { min: sight.today, max: sight.today } : parseSpan(on, 'on');
    if (person.nameOnly || birth.date === null || birth.standing < floor) return null;
    return ageOn(birth.date, death.standing < floor ? null : death.date, days);
  }
}
