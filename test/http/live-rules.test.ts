import { describe, expect, test } from 'vitest';
import { ask, serving } from './serving.js';

const FAST = { liveIntervalMs: 10 };

describe('a subscription', () => {
  test('is refused where questions are answered, with a word on where it goes', async () => {
    const { url } = await serving(FAST);

    const answer = await ask(url, 'subscription { changes { seq } }');

    expect(answer.status).toBe(400);
    const { errors } = (await answer.json()) as { errors: { extensions: object; message: string }[] };
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT', field: 'query', rule: 'SUBSCRIPTION' } }]);
    expect(errors[0]?.message).toContain('/graphql/stream');
  });
});
