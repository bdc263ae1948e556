/**
 * `npm run prove`: replays the races of money and stock, many times over and with the server killed in the middle, and says what came of it.
 * Exits with 1 where something went wrong.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { openBenchDatabase } from '../database.ts'
import { openChildren } from '../processes.ts'
import { readProveOptions } from './options.ts'
import { races } from './races/index.ts'
import { type RaceReport, writeReport } from './report.ts'
import { runRace } from './run-race.ts'

const options = readProveOptions(process.argv.slice(2), process.env)
const chosen = races.filter(({ name }) => options.only.length === 0 || options.only.includes(name))
if (chosen.length === 0) throw new Error(`No such race; there are ${races.map(({ name }) => name).join(', ')}.`)
const seeds = options.seed === undefined ? Array.from({ length: options.seeds }, (_, n) => n + 1) : [options.seed]

const children = openChildren()
const own = options.database ? undefined : await openBenchDatabase(undefined)
const ground = { server: options.database ?? own!.url, isOwn: own !== undefined, children }
const reports: RaceReport[] = []
try {
  for (const isKilled of options.kills) {
    for (const race of chosen) {
      const report = await runRace(ground, race, { seeds, connections: options.connections, isKilled })
      reports.push(report)
      const wrong = report.violations.length === 0 ? 'all well' : `${report.violations.length} WENT WRONG`
      const seconds = Math.round(report.tookMs / 1000)
      console.error(
        `${race.name}${isKilled ? ', server killed' : ''}: ${seeds.length} rounds in ${seconds} s, ${wrong}`,
      )
    }
  }
} finally {
  children.endAll()
  await own?.close()
}
const text = writeReport(reports, options)
mkdirSync('var', { recursive: true })
writeFileSync('var/prove-report.md', text)
console.log(text)
process.exit(reports.some(({ violations }) => violations.length > 0) ? 1 : 0)
