import { examine } from '#commerce/doctor'
import { compose } from '../composition.ts'
import type { Config } from '../config.ts'

/** Prints what is broken and ends with 1, or says that nothing is. Changes nothing; runs beside a serving shop. */
export async function doctor(config: Config): Promise<void> {
  const { app, close } = await compose(config, { worker: false })
  try {
    const { checked, broken } = await examine(app.db)
    const dead = await app.jobs.countDead()
    for (const [queue, count] of Object.entries(dead)) {
      broken.push({ invariant: 'no job has run out of tries', faults: [`${count} in ${queue}`] })
    }
    for (const { invariant, faults } of broken) {
      console.log(`BROKEN  ${invariant}`)
      for (const fault of faults) console.log(`        ${fault}`)
    }
    console.log(
      broken.length > 0 ? `${broken.length} of ${checked + 1} checks failed.` : `Sound: ${checked + 1} checks passed.`,
    )
    if (broken.length > 0) process.exitCode = 1
  } finally {
    await close()
  }
}
