// Which imports are allowed. Everything that no row allows is an error, so a new folder needs a row first.

// From bottom to top: each room imports the ones before it, never one after it.
const LAYERS = [
  'src/quote.ts',
  'src/errors.ts',
  'src/call/',
  'src/transport/',
  'src/auth/',
  'src/resilience/',
]
const below = (room) => LAYERS.slice(0, LAYERS.indexOf(room))
const CACHE = ['src/errors.ts', 'src/call/']
const OPTIONS = 'src/options/'
const WEBHOOKS = 'src/webhooks/'
const SERVICE = [...LAYERS, 'src/cache/', OPTIONS, 'generated/']
const ASSETS = [...SERVICE, 'src/service/']
const ROOT_FILES = [
  'index',
  'client',
  'file-client',
  'library-client',
  'upload-client',
  'book-ai',
  'compose',
  'shared-client',
]
const ROOT = ROOT_FILES.map((name) => `src/${name}.ts`)

/** What each room imports besides itself. No room lists a sub-path export: nothing in src/ imports one. */
const ROOMS = {
  ...Object.fromEntries(LAYERS.map((room) => [room, below(room)])),
  'src/cache/': CACHE,
  [OPTIONS]: ['src/quote.ts', 'src/errors.ts', 'src/call/', 'src/auth/'],
  'src/service/': SERVICE,
  'src/assets/': ASSETS,
  'src/uploads/': [...ASSETS, 'src/assets/disk/file-errors.ts', 'src/assets/read/progress.ts'],
  ...Object.fromEntries(ROOT.map((file) => [file, [...ASSETS, 'src/assets/', 'src/uploads/', ...ROOT]])),
  'src/testing/': ['generated/'],
  [WEBHOOKS]: ['src/errors.ts', 'src/options/validation.ts'],
  'generated/': [],
}

/** What rooms may import as a type only. */
const TYPES = { [OPTIONS]: [...LAYERS, 'src/cache/'], [WEBHOOKS]: ['generated/'] }

// Modules of Node that open sockets, decode bodies or read the environment, and the rooms that may import them.
const RESTRICTED_MODULES = '^(node:)?(http|https|http2|net|tls|dgram|zlib|process)$'
const UNRESTRICTED_ROOMS = ['src/transport/', 'src/testing/', 'src/cli/']

const NPM = ['npm', 'npm-peer']
const anyOf = (paths) => `^(${paths.map((path) => path.replace('.', '\\.')).join('|')})`

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [{ name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } }],
  allowed: [
    ...Object.entries(ROOMS).map(([room, imports]) => ({
      from: { path: anyOf([room]) },
      to: { path: anyOf([room, ...imports]) },
    })),
    ...Object.entries(TYPES).map(([room, imports]) => ({
      from: { path: anyOf([room]) },
      to: { path: anyOf(imports), dependencyTypes: ['type-only'] },
    })),
    { from: { path: anyOf([OPTIONS, WEBHOOKS]) }, to: { path: '^https?$', dependencyTypes: ['type-only'] } },
    { from: { path: '^src/' }, to: { dependencyTypes: ['core'], pathNot: RESTRICTED_MODULES } },
    { from: { path: anyOf(UNRESTRICTED_ROOMS) }, to: { dependencyTypes: ['core'] } },
    // The build bundles cockatiel, so it is a development dependency.
    { from: { path: '^src/' }, to: { dependencyTypes: NPM } },
    { from: { path: '^src/' }, to: { path: 'node_modules/cockatiel/' } },
    { from: { pathNot: '^(src|generated)/' }, to: {} },
  ],
  allowedSeverity: 'error',
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: '(^|/)node_modules/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
    },
  },
}
