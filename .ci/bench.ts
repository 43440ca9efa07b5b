import { runNamed } from './named-suite.ts'

process.exitCode = await runNamed('bench')
