import { defineConfig, mergeConfig } from 'vitest/config';
import everyRun from './vitest.config.js';

/** `npm run soak`: what takes longer than a developer waits; its last results are in bench/results.md. */
export default mergeConfig(
  { ...everyRun, test: { ...everyRun.test, include: [] } },
  defineConfig({
    test: { include: ['test/soak/**/*.soak.ts'], testTimeout: 3_600_000, hookTimeout: 600_000, fileParallelism: false },
  }),
);
