import { Arg, Args, Ctx, Extensions, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { dayRead } from '../domain/article-days.js';
import { dayOfEpoch } from '../domain/day.js';
import { parsePartialDate } from '../domain/partial-date.js';
import type { Named } from '../domain/places.js';
import type { ArticleKind as ArticleKindWord } from '../domain/words.js';
import { type ArticleFields, addArticle, type SeenArticle, updateArticle } from '../editing/article.js';
import { under } from '../errors.js';
import { Article, ArticleKind, type ArticleSource, findArticle } from './article.js';
import { Change, changeFor } from './change.js';
import { type Context, is } from './context.js';
import { MentionInput, namedIn } from './mention-input.js';
import { EditArgs, editedIn, forRole, given, namedRecord, WriteArgs, write } from './mutation.js';
import type { NodeSource } from './node.js';
import { EDTF } from './scalars.js';

const READ = 'A day that is still to come is INVALID_INPUT, rule FUTURE; more than one day, rule EDTF.';

@InputType({ description: 'What is changed of an article: what is left out stays as it is.' })
export class ArticlePatch {
  @Field(() => String, { nullable: true, description: 'Where it is on the web.' })
  url?: string | null;

  @Field(() => String, { nullable: true, description: 'Its title.' })
  title?: string;

  @Field(() => String, { nullable: true, description: 'Who published it.' })
  outlet?: string | null;

  @Field(() => String, { nullable: true, description: 'Who wrote it.' })
  author?: string | null;

  @Field(() => ArticleKind, { nullable: true, description: 'What sort of source it is.' })
  kind?: ArticleKindWord;

  @Field(() => String, { nullable: true, description: 'Its language, as BCP 47 writes it: `en`.' })
  language?: string | null;

  @Field(() => EDTF, {
    nullable: true,
    description:
      'When it appeared; null where it shows no date. After `retrieved` it is INVALID_INPUT, rule DATE_ORDER.',
  })
  published?: string | null;

  @Field(() => EDTF, {
    nullable: true,
    description: `The day on which it was read; null leaves it as it is. ${READ}`,
  })
  retrieved?: string | null;

  @Field(() => String, { nullable: true, description: 'Its text, where it may be kept.' })
  text?: string | null;

  @Field(() => [ID], { nullable: true, description: 'The ids of all sources that it copies or is drawn from.' })
  basedOn?: string[];

  @Field(() => [MentionInput], { nullable: true, description: 'Everybody whom it names.' })
  mentions?: MentionInput[];

  @Field(() => Boolean, {
    nullable: true,
    description:
      'A person has looked at whom it names: readers then see its title and quotes. For REVIEWER and above, else ignored. A new title or text sets it to false, unless the same order says true.',
  })
  mentionsReviewed?: boolean;
}

@InputType({ description: 'A source.' })
export class ArticleInput extends ArticlePatch {
  @Field(() => String, { description: 'Its title.' })
  declare title: string;

  @Field(() => ArticleKind, { description: 'What sort of source it is.' })
  declare kind: ArticleKindWord;

  @Field(() => EDTF, {
    nullable: true,
    description: `The day on which it was read; today where none is given. ${READ}`,
  })
  declare retrieved?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'What an edit of an article did.' })
export class ArticlePayload {
  @Field(() => Change, {
    nullable: true,
    description: 'The change, whose edits name every quote and claim that it reopens; null where nothing changed.',
  })
  change!: NodeSource | null;

  @Field(() => Article, {
    nullable: true,
    description: 'The article as it is now; null for contributors, who see it once it is cited for something.',
  })
  article!: ArticleSource | null;
}

@Resolver()
export class EditArticleResolver {
  @Extensions(forRole('CONTRIBUTOR'))
  @Mutation(() => ArticlePayload, {
    description: 'Adds a source to cite. CONFLICT, rule UNIQUE, where its address is there already.',
  })
  async addArticle(
    @Ctx() context: Context,
    @Args(() => WriteArgs) args: WriteArgs,
    @Arg('input', () => ArticleInput, { description: 'The source.' }) input: ArticleInput,
  ): Promise<ArticlePayload> {
    const { fields, named } = await under('input', () => articleOf(context, input));
    const article: ArticleFields = {
      ...{ url: null, outlet: null, author: null, language: null, published: null, text: null, basedOn: [] },
      ...{ mentionsReviewed: false, retrieved: dayOfEpoch(context.now()) },
      ...fields,
      ...{ title: input.title, kind: input.kind },
    };
    const change = await write(context, 'addArticle', args, (editor) => addArticle(editor, article, named ?? []));
    const [id] = editedIn(change, 'Article');
    return { change: change && changeFor(change), article: id === undefined ? null : await findArticle(context, id) };
  }

  @Extensions(forRole('EDITOR'))
  @Mutation(() => ArticlePayload, {
    description:
      'Changes an article. A new text reopens what it supported: a quote that no longer stands is PROPOSED again, and with it what rested on nothing else. A new title or text sets `mentionsReviewed` to false, unless the same order says true. Mentions of whoever the viewer may not see stay as they are. REFUSED, rule WITHHELD, for a title or text with a gap where a name is withheld from the viewer.',
  })
  async updateArticle(
    @Ctx() context: Context,
    @Args(() => EditArgs) args: EditArgs,
    @Arg('id', () => ID, { description: 'The id.' }) ref: string,
    @Arg('set', () => ArticlePatch, { description: 'What is changed.' }) set: ArticlePatch,
  ): Promise<ArticlePayload> {
    const id = await namedRecord(context, 'Article', ref, 'id');
    const { fields, named } = await under('set', () => articleOf(context, set));
    const change = await write(context, 'updateArticle', args, (editor) =>
      updateArticle(editor, id, fields, named, seenBy(context, args)),
    );
    return { change: change && changeFor(change), article: await findArticle(context, id) };
  }
}

/** What whoever gives an order has seen of the article. */
export const seenBy = ({ sight }: Context, { expectedRevision }: EditArgs): SeenArticle => ({
  sight,
  revision: expectedRevision,
});

/** The fields that were given, with everybody who is named found. */
async function articleOf(
  context: Context,
  { mentions, retrieved, mentionsReviewed, ...rest }: ArticlePatch,
): Promise<{ fields: Partial<ArticleFields>; named: Named[] | null }> {
  const named = mentions ? await namedIn(context, mentions) : null;
  const published = rest.published && parsePartialDate(rest.published, 'published').edtf;
  const fields = given({
    ...rest,
    ...(published !== undefined && { published }),
    retrieved: retrieved == null ? undefined : dayRead(retrieved, 'retrieved'),
    mentionsReviewed: is(context, 'REVIEWER') ? mentionsReviewed : undefined,
  });
  return { fields: fields as Partial<ArticleFields>, named };
}
