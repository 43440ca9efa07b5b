import { spawnSync } from 'node:child_process'
import { globSync, writeFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { GOALS, holds } from '../goals.ts'
import { benchmarksPage } from './page.ts'
import { PAGE, readRecords } from './records.ts'

/** `--run` measures every bench anew, whole, which takes the better part of an hour; else the page is made of what is recorded. */
if (process.argv.includes('--run')) {
  const folder = dirname(import.meta.dirname)
  for (const file of globSync('*/run.ts', { cwd: folder }).filter((path) => dirname(path) !== 'table')) {
    console.log(`\n${basename(dirname(file))}\n`)
    spawnSync(process.execPath, ['--conditions=evenkeel-source', `${folder}/${file}`, '--record'], {
      stdio: 'inherit',
    })
  }
}

const records = readRecords()
writeFileSync(PAGE, benchmarksPage(records))
const missed = records.flatMap(({ bench, result }) =>
  Object.entries(GOALS[bench] ?? {})
    .filter(([field, goal]) => !holds(goal, Number(result[field])))
    .map(([field]) => `${bench}.${field}`),
)
console.log(`wrote ${PAGE.pathname}`)
console.log(JSON.stringify({ benches: records.map(({ bench }) => bench), goals_missed: missed }))
