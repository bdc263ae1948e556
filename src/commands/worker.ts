import { parseArgs } from 'node:util'
import { startWorker } from '#platform/jobs'
import { loggerOf } from '#platform/log'
import { schedules } from '../commerce/schedules.ts'
import { compose, workTable } from '../composition.ts'
import type { Config } from '../config.ts'
import { reportCrash } from './report-crash.ts'
import { reportDeadJob } from './report-dead-job.ts'
import { awaitStopRequest } from './stop-request.ts'

/** Works jobs and schedules until it is told to stop. Any number of workers may run beside each other. */
export async function work(config: Config, args: string[]): Promise<void> {
  parseArgs({ args })
  const stop = awaitStopRequest()
  const { app, add, close } = await compose(config, { worker: true })
  reportCrash(app)
  try {
    if (!stop.isAsked()) {
      const working = await startWorker(
        app.jobs,
        workTable(app),
        schedules(app),
        loggerOf(app.log, 'worker'),
        reportDeadJob(app),
      )
      add('jobs under way', () => working.stop())
      console.log('\n  Souk is working its jobs.\n')
    }
    const signal = await stop.asked
    app.log.info({ signal }, 'stopping: what is under way is finished first; a second signal ends it at once')
  } finally {
    await close()
  }
  console.log('  Souk has stopped working its jobs.')
}
