import { fileURLToPath } from 'node:url'
import { launchChromium } from '../../bench/chromium.ts'
import { rounded, table } from '../../bench/rounds.ts'
import { createRedactor } from '../../src/redact/create-redactor.ts'
import { buildPage } from '../build-page.ts'
import { plant } from '../plant.ts'
import { PLANTED_PAGES, PLANTED_REDACTORS } from './planted.ts'
import { measureRedactor, problemsOf as problemsOfRedactor } from './redactor.ts'
import { problemsOf as problemsOfPage, session } from './session.ts'

const isShort = process.argv.includes('--short')
const SAMPLES = isShort ? 200 : 2_000
const PAGE = fileURLToPath(new URL('page.ts', import.meta.url))

const redactor = measureRedactor(createRedactor, SAMPLES)
console.log(
  table(
    ['redactor', ''],
    [
      ['hostile texts', String(redactor.hostile)],
      ['of which something is left', String(redactor.missed)],
      ['harmless texts that were changed', String(redactor.spoiled)],
      ['made-up values in the midst of text', String(redactor.properties)],
      ['of which one was left', String(redactor.property_missed)],
      [`longest for 100 KB, of ${redactor.worst}`, `${redactor.worst_ms_per_100kb.toFixed(1)} ms`],
    ],
  ),
)
const browser = await launchChromium()
const problems: string[] = [...problemsOfRedactor(redactor)]
let missed = 0
try {
  const leaks = await session(browser, await buildPage(PAGE, null))
  console.log(
    `\n${leaks.requests} requests of a browser in which nothing is to be kept, ${leaks.telemetry} of them telemetry: ${leaks.content_bytes} bytes of what was written or read`,
  )
  for (const place of leaks.where) console.error(`in ${place}`)
  problems.push(...problemsOfPage(leaks))
  for (const name of problems) console.error(`out of its bounds: ${name}`)

  console.log('\nDefects planted into copies, and the figures that notice each')
  const tell = (name: string, noticed: readonly string[]) => {
    if (noticed.length === 0) missed += 1
    console.log(
      `${noticed.length === 0 ? 'MISSED' : 'found '}  ${name}\n        ${noticed.join(', ') || '(nothing)'}`,
    )
  }
  for (const defect of PLANTED_REDACTORS) {
    const copy = (await plant("export { createRedactor } from './redact/create-redactor.ts'", defect)) as {
      createRedactor: typeof createRedactor
    }
    tell(defect.name, problemsOfRedactor(measureRedactor(copy.createRedactor, 50)))
  }
  for (const defect of PLANTED_PAGES) {
    tell(defect.name, problemsOfPage(await session(browser, await buildPage(PAGE, defect))))
  }
  console.log(
    JSON.stringify({
      hostile: redactor.hostile,
      missed: redactor.missed,
      spoiled: redactor.spoiled,
      properties: redactor.properties,
      property_missed: redactor.property_missed,
      worst_ms_per_100kb: rounded(redactor.worst_ms_per_100kb),
      requests: leaks.requests,
      content_bytes: leaks.content_bytes,
      personal_bytes: leaks.personal_bytes,
      foreign_headers: leaks.foreign_headers,
      planted: PLANTED_PAGES.length + PLANTED_REDACTORS.length,
      planted_missed: missed,
    }),
  )
} finally {
  await browser.close()
}
process.exitCode = problems.length + missed === 0 ? 0 : 1
