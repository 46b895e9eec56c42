import { statSync } from 'node:fs'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Runs small files first: the first failure ends the run of a mutant. */
class SmallestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sizes = new Map(files.map((file) => [file, statSync(file.moduleId).size]))
    return files.toSorted((a, b) => (sizes.get(a) ?? 0) - (sizes.get(b) ?? 0))
  }
}

// They replace a module, which works only in a worker of their own.
const alone = ['test/over-sockets/mirror-disk.test.ts']

const exclude = [
  // Not about the mutated rooms: the package, texts of the repository, the mock service.
  'test/{bench,environment,generate,package,readme}.test.ts',
  'test/{integration,mock}/**',
  // Long, random, or in other processes, where no mutant is active.
  'test/{chaos,dialects,memory-of-the-cache,one-lifetime}.test.ts',
  'test/over-sockets/{assets-chaos,large-files}.test.ts',
  'test/wire/{closing-connections,idle-connections,mocks}.test.ts',
]

// Under a mutant many tests hang.
const testTimeout = 8_000

/** The tests that a mutant has to survive. */
export default defineConfig({
  test: {
    sequence: { sequencer: SmallestFirst },
    projects: [
      // One worker for all: a new one for each file takes longer than the tests.
      {
        test: {
          name: 'shared',
          include: ['test/**/*.test.ts'],
          exclude: [...exclude, ...alone],
          isolate: false,
          testTimeout,
        },
      },
      { test: { name: 'alone', include: alone, testTimeout } },
    ],
  },
})
