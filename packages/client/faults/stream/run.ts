import { createReader } from '../../src/stream/create-reader.ts'
import { preloadProtocols } from '../../src/stream/protocols.ts'
import { buildReader } from './mutant.ts'
import { PLANTED } from './planted.ts'
import { CHECKS } from './table.ts'

/** The first row that finds something wrong with a copy of the reader. */
function noticedBy(reader: typeof createReader): string | null {
  return CHECKS.find((check) => check.run(reader).length > 0)?.name ?? null
}

await preloadProtocols()
let wrong = 0
for (const check of CHECKS) {
  const problems = check.run(createReader)
  console.log(`${problems.length === 0 ? 'right' : 'WRONG'}  ${check.name}`)
  for (const problem of problems.slice(0, 4)) console.log(`       ${problem}`)
  if (problems.length > 0) wrong += 1
}

console.log('\nDefects planted into copies of the reader, and the first row that notices each')
if (noticedBy(await buildReader(null)) !== null && wrong === 0) {
  throw new Error('The copy without a defect reads otherwise than the reader itself.')
}
let missed = 0
for (const defect of PLANTED) {
  const row = noticedBy(await buildReader(defect))
  if (row === null) missed += 1
  console.log(`${row === null ? 'MISSED' : 'found '}  ${defect.name}\n        ${row ?? '(no row)'}`)
}

console.log(JSON.stringify({ rows: CHECKS.length, wrong, planted: PLANTED.length, planted_missed: missed }))
process.exitCode = wrong + missed === 0 ? 0 : 1
