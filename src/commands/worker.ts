import { startWorker } from '#platform/jobs'
import { schedules } from '../commerce/schedules.ts'
import { compose, workTable } from '../composition.ts'
import type { Config } from '../config.ts'
import { untilSignal } from './until-signal.ts'

/** Works jobs and schedules until it is told to stop. Any number of workers may run beside each other. */
export async function work(config: Config): Promise<void> {
  const { app, close } = await compose(config, { worker: true })
  try {
    const working = await startWorker(app.jobs, workTable(app), schedules(app), app.log)
    console.log('  Souk is working its jobs.')
    await untilSignal()
    await working.stop()
  } finally {
    await close()
  }
}
