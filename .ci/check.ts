import { bin, runSteps, script } from './steps.ts'

process.exitCode = await runSteps([
  bin('types', 'tsc', '-b', '.ci/tsconfig.all.json'),
  bin('lint', 'biome', 'ci', '--error-on-warnings', '.'),
  script('architecture', '.ci/architecture/main.ts'),
])
