/** One room of the house: which files live in it and what they may import. */
export interface Room {
  readonly name: string
  /** Paths from the root; the first room that a file's path starts with is its room. */
  readonly holds: readonly string[]
  /** Names of rooms it may import, besides itself. */
  readonly mayImport: readonly string[]
  /** Packages from outside it may import; `*` for any. A trailing `*` is a wildcard. */
  readonly packages: readonly string[]
}

const CLIENT = 'packages/client/src'
const EXTENSION = 'packages/vscode-ext/src'
const CLIENT_FLOOR = ['client/stream', 'client/health', 'client/control', 'client/cache', 'client/telemetry']

/** The house, top floor last. Entries (`index.ts` and the like) may open every door of their own package. */
export const ROOMS: readonly Room[] = [
  {
    name: 'shared/server',
    holds: ['packages/shared/src/server/'],
    mayImport: ['shared'],
    packages: ['node:http', 'node:stream', 'node:stream/*'],
  },
  {
    name: 'shared/flags',
    holds: ['packages/shared/src/flags/'],
    mayImport: ['shared', 'shared/server'],
    packages: ['node:*', '@openfeature/core', '@openfeature/flagd-core'],
  },
  { name: 'shared/decks', holds: ['packages/shared/src/decks/'], mayImport: ['shared'], packages: [] },
  {
    name: 'shared/schemas',
    holds: ['packages/shared/src/schemas/'],
    mayImport: ['shared'],
    packages: ['zod'],
  },
  {
    name: 'shared/testing',
    holds: ['packages/shared/src/testing/', 'packages/shared/src/testing.ts'],
    mayImport: ['shared'],
    packages: ['fast-check'],
  },
  {
    name: 'shared',
    holds: ['packages/shared/src/'],
    mayImport: [],
    packages: ['@standard-schema/spec'],
  },
  {
    name: 'client/stream',
    holds: [`${CLIENT}/stream/`],
    mayImport: ['shared'],
    packages: ['eventsource-parser'],
  },
  { name: 'client/health', holds: [`${CLIENT}/health/`], mayImport: ['shared'], packages: [] },
  {
    name: 'client/control',
    holds: [`${CLIENT}/control/`],
    mayImport: ['shared'],
    packages: ['@openfeature/*'],
  },
  { name: 'client/cache', holds: [`${CLIENT}/cache/`], mayImport: ['shared'], packages: ['idb'] },
  { name: 'client/telemetry', holds: [`${CLIENT}/telemetry/`], mayImport: ['shared'], packages: ['idb'] },
  {
    name: 'client/run',
    holds: [`${CLIENT}/run/`],
    mayImport: ['shared', ...CLIENT_FLOOR],
    packages: ['@standard-schema/spec'],
  },
  {
    name: 'client/feedback',
    holds: [`${CLIENT}/feedback/`],
    mayImport: ['shared', 'client/run', 'client/telemetry'],
    packages: ['fastest-levenshtein'],
  },
  {
    name: 'client/otel',
    holds: [`${CLIENT}/otel/`],
    mayImport: ['shared'],
    packages: ['@opentelemetry/api'],
  },
  { name: 'client/replay', holds: [`${CLIENT}/replay/`], mayImport: ['shared', 'client/run'], packages: [] },
  { name: 'client/redact', holds: [`${CLIENT}/redact/`], mayImport: [], packages: [] },
  {
    name: 'client/render',
    holds: [`${CLIENT}/render/`],
    mayImport: ['shared', 'client/run', 'client/stream'],
    packages: [],
  },
  {
    name: 'client/markdown',
    holds: [`${CLIENT}/markdown/`],
    mayImport: ['shared', 'client/run', 'client/render', 'client/react'],
    packages: ['react', 'react/jsx-runtime', 'react-dom', 'micromark*'],
  },
  {
    name: 'client/query',
    holds: [`${CLIENT}/query/`],
    mayImport: ['shared', 'client/run', 'client/render', 'client/stream', 'client/react', 'client/cache'],
    packages: ['react', '@tanstack/react-query'],
  },
  {
    name: 'client/icu',
    holds: [`${CLIENT}/icu/`],
    mayImport: ['shared'],
    packages: ['intl-messageformat'],
  },
  {
    name: 'client/overlay',
    holds: [`${CLIENT}/overlay/`],
    mayImport: ['shared', 'client/run', 'client/health', 'client/react'],
    packages: ['react', 'react/jsx-runtime', 'react-dom/client'],
  },
  {
    name: 'client/react',
    holds: [`${CLIENT}/react/`],
    mayImport: ['shared', 'client/run', 'client/render', 'client/feedback', ...CLIENT_FLOOR],
    packages: ['react', 'react/jsx-runtime', 'react-dom'],
  },
  {
    name: 'client entries',
    holds: [`${CLIENT}/`],
    mayImport: [
      'shared',
      'client/run',
      'client/render',
      'client/react',
      'client/feedback',
      'client/markdown',
      'client/query',
      'client/redact',
      'client/otel',
      'client/overlay',
      'client/icu',
      'client/replay',
      ...CLIENT_FLOOR,
    ],
    packages: [],
  },
  {
    name: 'engine',
    holds: [`${EXTENSION}/engine/`],
    mayImport: ['shared', 'shared/server', 'shared/schemas'],
    packages: [
      'node:*',
      'hono',
      'eventsource-parser',
      'hono/*',
      '@hono/node-server',
      'protobufjs',
      'protobufjs/*',
      'zod',
      '@babel/parser',
      '@babel/types',
    ],
  },
  { name: 'cli', holds: [`${EXTENSION}/cli/`], mayImport: ['engine', 'shared'], packages: ['node:*'] },
  {
    name: 'pages',
    holds: [`${EXTENSION}/pages/`],
    mayImport: ['engine', 'shared', 'client entries'],
    packages: [
      'react',
      'react/*',
      'react-dom',
      'react-dom/*',
      '@tanstack/*',
      '@vscode-elements/*',
      '@vscode/codicons/*',
      'uplot',
      'uplot/*',
    ],
  },
  {
    name: 'editor',
    holds: [`${EXTENSION}/editor/`],
    mayImport: ['engine', 'shared'],
    packages: ['vscode', 'node:*'],
  },
  {
    name: 'sample',
    holds: ['samples/'],
    mayImport: ['shared', 'shared/decks', 'shared/server', 'shared/flags', 'client entries', 'engine'],
    packages: ['*'],
  },
]

/** How a package's public entries map to their rooms. */
export const ENTRIES: Readonly<Record<string, string>> = {
  '@evenkeel/shared': 'shared',
  '@evenkeel/shared/decks': 'shared/decks',
  '@evenkeel/shared/server': 'shared/server',
  '@evenkeel/shared/flags': 'shared/flags',
  '@evenkeel/shared/schemas': 'shared/schemas',
  '@evenkeel/shared/testing': 'shared/testing',
  '@evenkeel/client': 'client entries',
  '@evenkeel/client/cache': 'client entries',
  '@evenkeel/client/controls': 'client entries',
  '@evenkeel/client/core': 'client entries',
  '@evenkeel/client/icu': 'client entries',
  '@evenkeel/client/feedback': 'client entries',
  '@evenkeel/client/markdown': 'client entries',
  '@evenkeel/client/overlay': 'client entries',
  '@evenkeel/client/query': 'client entries',
  '@evenkeel/client/redact': 'client entries',
  '@evenkeel/client/reload': 'client entries',
  '@evenkeel/client/otel': 'client entries',
  '@evenkeel/client/replay': 'client entries',
  '@evenkeel/client/testing': 'client entries',
}

/** Files that stand outside the house's order: tests see everything, scripts and benchmarks drive it. */
export const OUTSIDE = /\.test(\.kit)?\.[a-z]+$|\/(test|scripts|bench|faults)\/|\.config\.ts$/
