import { parseArgs } from 'node:util'
import { examine } from '#commerce/doctor'
import type { Config } from '../config.ts'
import { withShop } from './with-shop.ts'

/** Prints what is broken and ends with 1, or says that nothing is. Changes nothing; runs beside a serving shop. */
export async function doctor(config: Config, args: string[]): Promise<void> {
  parseArgs({ args })
  const { checked, broken } = await withShop(
    config,
    async (app) => {
      const examined = await examine(app.db)
      return { ...examined, broken: [...examined.broken, ...toDiagnosis(await app.jobs.countDead())] }
    },
    LOOKING,
  )
  for (const { invariant, faults } of broken) {
    console.log(`BROKEN  ${invariant}`)
    for (const fault of faults) console.log(`        ${fault}`)
  }
  const checks = checked + 1
  console.log(broken.length > 0 ? `${broken.length} of ${checks} checks failed.` : `Sound: ${checks} checks passed.`)
  if (broken.length > 0) process.exitCode = 1
}

const LOOKING = { leavesDatabase: true }

function toDiagnosis(dead: Record<string, number>) {
  const faults = Object.entries(dead).map(([queue, count]) => `${count} in ${queue}`)
  return faults.length > 0 ? [{ invariant: 'no job has run out of tries', faults }] : []
}
