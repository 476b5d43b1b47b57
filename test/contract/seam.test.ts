import { describe, expect, test } from 'vitest';
import { enginesHere } from '../support/engines.js';

describe.each(enginesHere())('The seam on $name', (engine) => {
  test('reads', async () => {
    const graph = await engine.fresh();
    expect(await graph.read('// x\nRETURN $x AS x', { x: 1 })).toEqual([{ x: 1 }]);
  });
});
