import { beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '../../src/domain/gate.js';
import type { Graph } from '../../src/graph/graph.js';
import { verify } from '../../src/store/verify.js';
import { enginesHere } from '../support/engines.js';
import { Telling } from '../support/telling.js';
import { type Asking, answerOf, ask } from './asking.js';

interface Written {
  change: { id: string; seq: number };
}

/** What there is when a reviewer, Vera, comes to work. */
interface Desk {
  graph: Graph;
  ann: string;
  anne: string;
  article: string;
  /** A claim that waits. */
  waits: string;
  revision: number;
  /** Carries out an order of Vera's, or of whoever is told, and answers the change that it made. */
  order: (text: string, asking?: Asking) => Promise<string>;
}

const accept = ({ waits, revision }: Desk) =>
  `decideClaims(decisions: [{claim: "${waits}", decide: ACCEPT, expectedRevision: ${revision}}])`;
const propose = ({ ann, article }: Desk, more = '') =>
  `proposeClaims(${more} statements: [{subject: "${ann}", claims: [{field: OCCUPATION, value: {text: "painter"}, cite: [{article: "${article}", quote: "She paints.", evidence: WITNESS}]}]}])`;
const takeBack = (change: string, more = '') => `undoChange(change: "${change}" ${more})`;
const EDITOR = { role: 'EDITOR' } as const;

/** What a reviewer may not take back: what was done, answering its change, by which rule, and why. */
const REFUSED: Record<string, [(desk: Desk) => Promise<string>, rule: string, why: RegExp]> = {
  "somebody else's decision": [
    (desk) => desk.order(accept(desk), { as: 'Wim' }),
    'ACTOR',
    /^decideClaims was done by Wim: .*EDITOR/,
  ],
  "their own undo of somebody else's decision": [
    async (desk) => desk.order(takeBack(await desk.order(accept(desk), { as: 'Wim' })), EDITOR),
    'ACTOR',
    /^decideClaims was done by Wim/,
  ],
  'what an editor took back of theirs': [
    async (desk) => desk.order(takeBack(await desk.order(accept(desk))), { ...EDITOR, as: 'Wim' }),
    'ACTOR',
    /^undo was done by Wim/,
  ],
  'an edit of their own from when they were an editor': [
    ({ order, ann, revision }) =>
      order(`updatePerson(id: "${ann}", set: {description: "A singer"}, expectedRevision: ${revision})`, EDITOR),
    'ROLE',
    /^What updatePerson did is for EDITOR/,
  ],
  'what they accepted unseen by others when they were an editor': [
    (desk) => desk.order(propose(desk, 'accept: true,'), EDITOR),
    'ROLE',
    /^What proposeClaims did is for EDITOR/,
  ],
  'a merge of theirs': [
    ({ order, ann, anne }) => order(`mergePeople(keep: "${ann}", from: "${anne}")`, EDITOR),
    'ROLE',
    /^What merge did is for EDITOR/,
  ],
  'a change that no mutation made': [
    async ({ graph, ann }) => {
      const story = new Telling(graph);
      story.edit('Person', ann, { name: 'Anna' });
      return String((await story.tell({ id: 'chg_import', actor: 'Vera', action: 'import' }))?.id);
    },
    'ROLE',
    /^What import did/,
  ],
  'whom their decision about a request lets be seen': [
    async ({ graph, ann, order }) => {
      await ask(graph, `mutation { requestTakedown(person: "${ann}", reason: "Not me") { received } }`);
      const { takedowns } = await answerOf<{ takedowns: { nodes: { id: string }[] } }>(
        graph,
        '{ takedowns { nodes { id } } }',
        { role: 'REVIEWER' },
      );
      return order(`decideTakedown(id: "${takedowns.nodes[0]?.id}", decision: REFUSE)`);
    },
    'VISIBILITY',
    /ADMIN/,
  ],
};

describe.each(enginesHere())('a reviewer on $name', ({ fresh }) => {
  let desk: Desk;
  beforeEach(async () => {
    const graph = await fresh();
    const story = new Telling(graph);
    const [ann, anne] = [
      story.person('Ann', { visibility: 'LIMITED' }),
      story.person('Anne', { visibility: 'LIMITED' }),
    ];
    const article = story.article('Ann and Anne');
    const waits = story.claim(ann, 'OCCUPATION', { text: 'singer' }, { verdict: 'PROPOSED' });
    const revision = Number((await story.tell())?.seq);
    const order = async (text: string, asking: Asking = {}) => {
      const asked = { role: 'REVIEWER', ...asking } as const;
      const data = await answerOf<Record<string, Written>>(graph, `mutation { ${text} { change { id } } }`, asked);
      return String(Object.values(data)[0]?.change.id);
    };
    desk = { graph, ann, anne, article, waits, revision, order };
  });
  const clean = async () => expect((await verify(desk.graph)).differences).toEqual([]);
  const seq = async () => (await desk.graph.read("MATCH (g:Graph {id: 'graph'}) RETURN g.seq AS seq"))[0]?.seq;
  const refusalTo = async (role: Role, change: string, force = false) =>
    (
      await answerOf<{ undoPreview: { refusal: { rule: string; message: string } | null } }>(
        desk.graph,
        'query ($c: ID!, $force: Boolean) { undoPreview(change: $c, force: $force) { refusal { rule message } } }',
        { role, variables: { c: change, force } },
      )
    ).undoPreview.refusal;
  const verdict = async () =>
    (
      await answerOf<{ node: { verdict: string } | null }>(
        desk.graph,
        `{ node(id: "${desk.waits}") { ... on Claim { verdict } } }`,
        { role: 'REVIEWER' },
      )
    ).node?.verdict;

  test('may take back, and finds so among what they can', async () => {
    const { viewer } = await answerOf<{ viewer: { can: string[] } }>(desk.graph, '{ viewer { can } }', {
      role: 'REVIEWER',
    });

    expect(viewer.can).toContain('undoChange');
    expect(viewer.can).not.toContain('undoBatch');
  });

  test('takes back what they decided, and takes that back, and so on', async () => {
    let last = await desk.order(accept(desk));

    for (const then of ['PROPOSED', 'ACCEPTED', 'PROPOSED']) {
      expect(await refusalTo('REVIEWER', last)).toBeNull();
      last = await desk.order(takeBack(last));
      expect(await verdict()).toBe(then);
    }
    await clean();
  });

  test('takes back what they proposed when they were a contributor', async () => {
    const proposed = await desk.order(propose(desk), { role: 'CONTRIBUTOR' });

    await desk.order(takeBack(proposed));

    expect((await verify(desk.graph)).counts).toEqual({ Article: 1, Citation: 1, Claim: 1, Person: 2 });
    await clean();
  });

  test('is told who was first, where an editor has taken their decision back already', async () => {
    const decided = await desk.order(accept(desk));
    await desk.order(takeBack(decided), { ...EDITOR, as: 'Wim' });

    const { errors } = await ask(desk.graph, `mutation { ${takeBack(decided)} { change { id } } }`, {
      role: 'REVIEWER',
    });

    expect(errors[0]?.extensions).toMatchObject({ code: 'CONFLICT', rule: 'UNDONE', actor: 'Wim' });
  });

  test.each(Object.entries(REFUSED))('does not take back %s, and is told why', async (_what, [done, rule, why]) => {
    const change = await done(desk);
    const before = await seq();

    const { errors } = await ask(desk.graph, `mutation { ${takeBack(change)} { change { id } } }`, {
      role: 'REVIEWER',
    });

    expect(errors).toMatchObject([{ message: expect.stringMatching(why), extensions: { code: 'FORBIDDEN', rule } }]);
    expect(await refusalTo('REVIEWER', change)).toEqual({ rule, message: errors[0]?.message });
    expect(await refusalTo(rule === 'VISIBILITY' ? 'ADMIN' : 'EDITOR', change)).toBeNull();
    expect(await seq()).toBe(before);
  });

  test('forces nothing, what they did themselves neither', async () => {
    const change = await desk.order(accept(desk));

    const { errors } = await ask(desk.graph, `mutation { ${takeBack(change, ', force: true')} { change { id } } }`, {
      role: 'REVIEWER',
    });

    expect(errors).toMatchObject([
      { message: expect.stringMatching(/force.*EDITOR/), extensions: { code: 'FORBIDDEN', rule: 'FORCE' } },
    ]);
    expect(await refusalTo('REVIEWER', change, true)).toMatchObject({ rule: 'FORCE' });
    expect([await refusalTo('REVIEWER', change), await refusalTo('EDITOR', change, true)]).toEqual([null, null]);
  });
});
