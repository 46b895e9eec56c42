import { defineConfig } from 'vitest/config'

// Some tests start processes; a busy machine must not fail them.
const testTimeout = 60_000

// What goes over sockets, and so can tell one transport from the other.
const SOCKETS = [
  'abort-and-deadline',
  'api',
  'api-over-sockets',
  'asset-info',
  'assets-chaos',
  'assets',
  'auth',
  'chaos',
  'circuit-breaker',
  'close',
  'connections',
  'download-to-file',
  'large-files',
  'mirror-book',
  'rate-limit',
  'retry',
  'socket-faults',
  'stream-asset',
  'streaming',
  'timeouts',
  'token-renewal',
  'unauthorized',
]

export default defineConfig({
  test: {
    coverage: {
      include: ['src/**/*.ts'],
      thresholds: { lines: 95, branches: 90 },
    },
    projects: [
      {
        test: {
          name: 'dispatcher',
          include: ['test/**/*.test.ts'],
          typecheck: { enabled: true, include: ['test/**/*.test-d.ts'] },
          testTimeout,
        },
      },
      {
        test: {
          name: 'fetch',
          include: SOCKETS.map((name) => `test/${name}.test.ts`),
          setupFiles: ['test/support/over-fetch.ts'],
          testTimeout,
        },
      },
    ],
  },
})
