import { defineConfig, mergeConfig } from 'vitest/config';
import everyRun from './vitest.config.js';

/** `npm run bench`: what we claim about speed, measured again. */
export default mergeConfig(
  { ...everyRun, test: { ...everyRun.test, include: [] } },
  defineConfig({
    test: { include: ['bench/**/*.bench.ts'], testTimeout: 3_600_000, hookTimeout: 600_000, fileParallelism: false },
  }),
);
