import { bin, runSteps, script } from './steps.ts'

process.exitCode = await runSteps([
  script('library', '.ci/build-library.ts'),
  bin('types', 'tsc', '-b', 'packages/client'),
  script('extension', 'packages/vscode-ext/scripts/build.ts'),
])
