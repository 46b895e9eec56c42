import { statSync } from 'node:fs'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type Reporter, type TestSpecification } from 'vitest/node'

// How many mutants each file has killed in this run.
const kills = new Map<string, number>()

/** Runs the files first that kill most, and small ones before large ones: the first failure ends the run of a mutant. */
class KillersFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const costs = new Map(
      files.map(({ moduleId }) => [moduleId, statSync(moduleId).size / (1 + (kills.get(moduleId) ?? 0))]),
    )
    return files.toSorted((a, b) => (costs.get(a.moduleId) ?? 0) - (costs.get(b.moduleId) ?? 0))
  }
}

const countKills: Reporter = {
  onTestModuleEnd: (module) => {
    for (const _ of module.children.allTests('failed')) {
      kills.set(module.moduleId, (kills.get(module.moduleId) ?? 0) + 1)
    }
  },
}

// They replace a module, which works only in a worker of their own.
const alone = ['test/over-sockets/mirror-{disk,ledger}.test.ts']

const exclude = [
  // Not about the mutated rooms: the package, texts of the repository, the mock service.
  'test/{bench,environment,generate,package,readme}.test.ts',
  'test/{integration,mock}/**',
  // Long, random, or in other processes, where no mutant is active.
  'test/{chaos,dialects,killed-mirrors,memory-of-the-cache,one-lifetime,random-model}.test.ts',
  'test/over-sockets/{assets-chaos,large-files}.test.ts',
  'test/wire/{closing-connections,idle-connections,mocks}.test.ts',
]

// Parts of the names of test files, with commas: the others are left out, and a score is the least that it can be.
const chosen = process.env['DREAM_CENTRAL_STORAGE_MUTANT_TESTS']
const include = chosen?.split(',').map((part) => `test/**/*${part}*.test.ts`) ?? ['test/**/*.test.ts']

// Under a mutant many tests hang.
const testTimeout = 8_000

/** The tests that a mutant has to survive. */
export default defineConfig({
  test: {
    sequence: { sequencer: KillersFirst },
    reporters: [countKills],
    projects: [
      // One worker for all: a new one for each file takes longer than the tests.
      {
        test: {
          name: 'shared',
          include,
          exclude: [...exclude, ...alone],
          isolate: false,
          runner: 'test/mutation/runner.ts',
          testTimeout,
        },
      },
      { test: { name: 'alone', include: chosen ? [] : alone, testTimeout } },
    ],
  },
})
