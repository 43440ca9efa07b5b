import { runStep, script } from './steps.ts'

/**
 * A suite too slow for `npm test`, in its short form, and what its last line must say. Only suites whose
 * verdict does not depend on the machine's speed are here.
 */
interface SlowSuite {
  readonly file: string
  /** Fields of the closing JSON object that must have exactly this value. */
  readonly must: Readonly<Record<string, unknown>>
}

const SUITES: readonly SlowSuite[] = [
  { file: 'packages/client/faults/stream/run.ts', must: { wrong: 0, planted_missed: 0 } },
  { file: 'packages/client/faults/storm/run.ts', must: { planted_missed: 0 } },
  {
    file: 'packages/client/faults/client/run.ts',
    must: { unhandled: 0, blank: 0, stuck: 0, wrong: 0, rescued_by_model: 1, planted_missed: 0 },
  },
  {
    file: 'packages/client/faults/telemetry/run.ts',
    must: {
      lost: 0,
      unjournaled_untold: 0,
      duplicated: 0,
      dropped_uncounted: 0,
      misattributed: 0,
      drills_wrong: 0,
      planted_missed: 0,
    },
  },
  { file: 'packages/client/faults/scopes/run.ts', must: { leaks: 0, unproven: 0, planted_missed: 0 } },
  { file: 'packages/client/bench/object/run.ts', must: { rows_changed_identity: 0 } },
  { file: 'packages/client/bench/decode/run.ts', must: {} },
]

/** What of the closing line is not as it must be; `null` where there is no such line. */
function wrongFields(output: string, must: SlowSuite['must']): string[] | null {
  const last = output.trim().split('\n').at(-1) ?? ''
  try {
    const result = JSON.parse(last) as Record<string, unknown>
    return Object.entries(must)
      .filter(([field, value]) => result[field] !== value)
      .map(([field, value]) => `${field} is ${JSON.stringify(result[field])}, not ${JSON.stringify(value)}`)
  } catch {
    return null
  }
}

let passed = 0
let failed = 0
for (const { file, must } of SUITES) {
  const { code, output } = await runStep(script(file, file, '--short'))
  const wrong = wrongFields(output, must)
  if (code === 0 && wrong?.length === 0) {
    passed += 1
    continue
  }
  failed += 1
  console.error(
    `${file}: ${wrong === null ? 'its last line is no JSON object' : wrong.join('; ')} (exit code ${code})`,
  )
}
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
