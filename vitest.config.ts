import { defineConfig } from 'vitest/config';

// One shared module graph per worker thread (`isolate: false`) is about seven times faster here than
// a fresh one per file; the price is that a test may not leave state behind in a module.
export default defineConfig({
  test: {
    pool: 'threads',
    isolate: false,
    testTimeout: 20_000,
    setupFiles: ['src/testing/propertySeed.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: ['src/ui/**/*.dom.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'dom',
          environment: 'happy-dom',
          include: ['src/**/*.test.tsx', 'src/ui/**/*.dom.test.ts'],
        },
      },
    ],
  },
});
