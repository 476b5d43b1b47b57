import { Arg, Args, Ctx, Extensions, ID, Int, Mutation, Resolver } from 'type-graphql';
import type { Mention } from '../domain/records.js';
import { rebindMention, reviewMentions } from '../editing/article.js';
import { ArticlePart, findArticle } from './article.js';
import { changeFor } from './change.js';
import type { Context } from './context.js';
import { ArticlePayload, seenBy } from './edit-article.js';
import { MentionInput, namedIn } from './mention-input.js';
import { EditArgs, forRole, namedPerson, namedRecord, write } from './mutation.js';

@Resolver()
export class EditMentionsResolver {
  @Extensions(forRole('REVIEWER'))
  @Mutation(() => ArticlePayload, {
    description:
      'Says that a person has looked at whom an article names, and, with `mentions`, whom it names. Readers see its title and quotes from then on. Mentions of whoever the viewer may not see stay as they are.',
  })
  async reviewMentions(
    @Ctx() context: Context,
    @Args(() => EditArgs) args: EditArgs,
    @Arg('article', () => ID, { description: 'The id of the article.' }) ref: string,
    @Arg('mentions', () => [MentionInput], {
      nullable: true,
      description: 'Everybody whom it names; who is known stays where none are given.',
    })
    mentions?: MentionInput[] | null,
    @Arg('reviewed', () => Boolean, {
      nullable: true,
      defaultValue: true,
      description: 'False where somebody should look once more.',
    })
    reviewed?: boolean | null,
  ): Promise<ArticlePayload> {
    const id = await namedRecord(context, 'Article', ref, 'article');
    const said = { named: mentions ? await namedIn(context, mentions) : null, reviewed: reviewed ?? true };
    const change = await write(context, 'reviewMentions', args, (editor) =>
      reviewMentions(editor, id, said, seenBy(context, args)),
    );
    return { change: change && changeFor(change), article: await findArticle(context, id) };
  }

  @Extensions(forRole('REVIEWER'))
  @Mutation(() => ArticlePayload, {
    description:
      'Says whom a place in an article really names. The people stay as they are. NOT_FOUND for no such place.',
  })
  async rebindMention(
    @Ctx() context: Context,
    @Args(() => EditArgs) args: EditArgs,
    @Arg('article', () => ID, { description: 'The id of the article.' }) ref: string,
    @Arg('part', () => ArticlePart, { description: 'Whether the place is in the title or the text.' })
    part: Mention['part'],
    @Arg('from', () => Int, { description: 'Where the words that name somebody begin.' }) from: number,
    @Arg('person', () => ID, { nullable: true, description: 'The id or slug of who it is; null for nobody known.' })
    named?: string | null,
  ): Promise<ArticlePayload> {
    const id = await namedRecord(context, 'Article', ref, 'article');
    const person = named == null ? null : (await namedPerson(context, named, 'person')).id;
    const change = await write(context, 'rebindMention', args, (editor) =>
      rebindMention(editor, id, { part, from, person }, seenBy(context, args)),
    );
    return { change: change && changeFor(change), article: await findArticle(context, id) };
  }
}
