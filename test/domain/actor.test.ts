import { expect, test } from 'vitest';
import { actorFault, actorName } from '../../src/domain/actor.js';

test.each(['Ann', 'Zoë Åström', 'Seeder', 'takedowns', 'می\u200cخواهم', 'Bo 🕵️'])('somebody may write as %j', (name) => {
  expect(actorFault(name)).toBeNull();
});

test.each([
  ['takedown', /server itself/],
  ['Seed', /server itself/],
  ['ｓｅｅｄ', /server itself/],
  ['take\u00addown', /server itself/],
  ['\u200fAnn', /turns/],
  ['Ann\u2066', /turns/],
  ['\u200b', /seen/],
  ['', /seen/],
  ['Ann\u0007', /control/],
  ['x'.repeat(201), /200/],
])('nobody may write as %j', (name, why) => {
  expect(actorFault(name)).toMatch(why);
  expect(actorName('is missing').safeParse(` ${name} `).success).toBe(false);
});
