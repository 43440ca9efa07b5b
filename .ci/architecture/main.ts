import { checkHouse } from './check-house.ts'

const root = process.argv[2] ?? new URL('../..', import.meta.url).pathname
const breaches = checkHouse(root)
for (const { where, what } of breaches) console.error(`${where} ${what}`)
console.log(
  breaches.length === 0
    ? 'architecture: every import follows the arrows'
    : `architecture: ${breaches.length} imports against the arrows`,
)
process.exitCode = breaches.length === 0 ? 0 : 1
