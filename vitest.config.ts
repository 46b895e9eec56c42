import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Some tests start processes; a busy machine must not fail them.
    testTimeout: 60_000,
    typecheck: { enabled: true, include: ['test/**/*.test-d.ts'] },
    coverage: {
      include: ['src/**/*.ts'],
      thresholds: { lines: 95, branches: 90 },
    },
  },
})
