import { defineConfig } from 'vitest/config'

// Some tests start processes; a busy machine must not fail them.
const testTimeout = 60_000

export default defineConfig({
  test: {
    coverage: {
      include: ['src/**/*.ts'],
      thresholds: { lines: 95, branches: 90 },
    },
    projects: [
      // Everything, over the built-in transport.
      {
        test: {
          name: 'node',
          include: ['test/**/*.test.ts'],
          typecheck: { enabled: true, include: ['test/**/*.test-d.ts'] },
          testTimeout,
        },
      },
      // What can tell one transport from another, over the option `fetch`.
      {
        test: {
          name: 'fetch',
          include: ['test/over-sockets/**/*.test.ts'],
          env: { TEST_TRANSPORT: 'fetch' },
          testTimeout,
        },
      },
    ],
  },
})
