import { Arg, Args, Ctx, Field, ID, InputType, Query, Resolver } from 'type-graphql';
import {
  countPeople,
  type ListedPerson,
  type PeopleOrder as PeopleOrderWord,
  peoplePage,
  type PeopleFilter as StoredFilter,
} from '../store/person-list.js';
import { type Connection, connect, connectionType, type Edge, PageArgs, sortText } from './connection.js';
import type { Context } from './context.js';
import { AtLeast, type AtLeastWord, enumOf } from './enums.js';
import { Person, type PersonSource, personFor, seenIds } from './person.js';
import { EDTF } from './scalars.js';
import { spanOf } from './span.js';

export const PeopleOrder = enumOf<PeopleOrderWord>(
  'PeopleOrder',
  'By name (accents and case ignored) or by birth, then id. People of whom nobody tells a birth come last both ways.',
  {
    NAME_ASC: 'From A to Z.',
    NAME_DESC: 'From Z to A.',
    BIRTH_ASC: 'The earliest birth first, then from A to Z.',
    BIRTH_DESC: 'The latest birth first, then from Z to A.',
  },
);

@InputType({ description: 'Which people to list; what is left out filters nothing.' })
export class PeopleFilter {
  @Field(() => [ID], {
    nullable: true,
    description: 'Only these, by id or slug; 100 at most, else INVALID_INPUT, rule TOO_MANY.',
  })
  ids?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'Only whoever does this, by a whole entry of `occupations`; accents and case are ignored.',
  })
  occupation?: string | null;

  @Field(() => EDTF, {
    nullable: true,
    description:
      'Only whoever was born, or may have been, from the first day of this date on. Nobody without a birth matches.',
  })
  bornFrom?: string | null;

  @Field(() => EDTF, {
    nullable: true,
    description:
      'Only whoever was born, or may have been, up to the last day of this date. Before `bornFrom` it is INVALID_INPUT, rule DATE_ORDER.',
  })
  bornTo?: string | null;

  @Field(() => AtLeast, {
    nullable: true,
    defaultValue: 'POSSIBLE',
    description: 'How certain a match of `bornFrom` and `bornTo` must be.',
  })
  certainty?: AtLeastWord | null;

  @Field(() => String, { nullable: true, description: 'Only whoever has an id in this collection: `wikidata`.' })
  externalSource?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the viewer sees a ROMANTIC relationship of theirs that is REPORTED or better.',
  })
  withPartners?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether accounts of their birth or death differ.' })
  contested?: boolean | null;
}

export const PersonConnection = connectionType('Person', () => Person, 'people, in the order asked for');

@Resolver()
export class PersonListResolver {
  @Query(() => PersonConnection, { description: 'Everybody, or those who match.' })
  async people(
    @Ctx() context: Context,
    @Args(() => PageArgs) args: PageArgs,
    @Arg('filter', () => PeopleFilter, { nullable: true, description: 'Which people.' }) filter?: PeopleFilter | null,
    @Arg('orderBy', () => PeopleOrder, {
      nullable: true,
      defaultValue: 'NAME_ASC',
      description: 'The order of the list.',
    })
    orderBy?: PeopleOrderWord | null,
  ): Promise<Connection<Edge<PersonSource>>> {
    const { graph, sight } = context;
    const order = orderBy ?? 'NAME_ASC';
    const matching = await filterOf(context, filter ?? {});
    return connect<ListedPerson, { sort: string }, Edge<PersonSource>>({
      sort: sortText(order),
      args,
      read: (page) => peoplePage(graph, { ...page, orderBy: order }, matching, sight),
      cursorOf: ({ cursor }) => cursor,
      shape: (stored) => ({ node: personFor(context, stored) }),
      count: () => countPeople(graph, matching, sight),
    });
  }
}

async function filterOf(context: Context, filter: PeopleFilter): Promise<StoredFilter> {
  const { occupation, bornFrom, bornTo, certainty, externalSource, withPartners, contested } = filter;
  return {
    ids: await seenIds(context, filter.ids, 'filter.ids'),
    occupation: occupation ?? null,
    born: spanOf({ from: bornFrom, to: bornTo }, { from: 'filter.bornFrom', to: 'filter.bornTo' }),
    certainty: certainty ?? 'POSSIBLE',
    externalSource: externalSource ?? null,
    withPartners: withPartners ?? null,
    contested: contested ?? null,
  };
}
