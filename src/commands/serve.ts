import { parseArgs } from 'node:util'
import { causedBy } from '#platform/database'
import { startWorker, type Worker } from '#platform/jobs'
import { loggerOf } from '#platform/log'
import { buildServer } from '../api/index.ts'
import type { App } from '../commerce/app.ts'
import { schedules } from '../commerce/schedules.ts'
import { type Composed, compose, workTable } from '../composition.ts'
import { describePayments } from '../config/payment-modes.ts'
import { type Config, warningsOf } from '../config.ts'
import { isEmptyShop } from '../sample-shop/is-empty-shop.ts'
import { ensureAdministrator } from './administrator.ts'
import { claimToServe } from './claim-to-serve.ts'
import { watchRequests } from './finish-requests.ts'
import { listen, refuseTakenPort } from './listen.ts'
import { reportCrash } from './report-crash.ts'
import { reportDeadJob } from './report-dead-job.ts'
import { awaitStopRequest, type StopRequest } from './stop-request.ts'

/**
 * Serves the API, and works the jobs unless told `--no-worker`, until it is told to stop: then requests and jobs under
 * way finish, and everything is closed in reverse, as it is when the start fails half-way.
 */
export async function serve(config: Config, args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { 'no-worker': { type: 'boolean' } } })
  const stop = awaitStopRequest()
  const giveBack = await claimToServe(config)
  try {
    await refuseTakenPort(config)
    const shop = await compose(config, { worker: !values['no-worker'], serves: true })
    try {
      await serveUntilAsked(shop, !values['no-worker'], stop)
    } finally {
      await shop.close()
    }
  } finally {
    giveBack()
  }
  console.log('  Souk is closed.')
}

async function serveUntilAsked(shop: Composed, worker: boolean, stop: StopRequest): Promise<void> {
  const { app } = shop
  reportCrash(app)
  for (const warning of warningsOf(app.config)) app.log.warn({}, warning)
  app.log.info({}, `payments: ${describePayments(app.config)}`)
  if (app.carriers.every(({ isLocal }) => isLocal))
    app.log.info(
      {},
      'SHIPROCKET_EMAIL and SHIPROCKET_PASSWORD are not set: the carrier that comes with the shop answers',
    )
  if (!stop.isAsked()) await furnish(app)
  if (!stop.isAsked()) await open(shop, worker)
  const signal = await stop.asked
  app.log.info({ signal }, 'stopping: what is under way is finished first; a second signal ends it at once')
}

/** The sample shop into an empty database, and somebody who may administer it. */
async function furnish(app: App): Promise<void> {
  if (app.config.demoData && (await isEmptyShop(app.db))) {
    app.log.info({}, 'loading the sample shop: a few seconds, this once')
    // Its goods and drawings are much to read, and needed once.
    const { loadSampleShop } = await import('../sample-shop/index.ts')
    const cause = { requestId: 'sample-shop', route: 'command serve', isAudited: false, actor: 'operator' } as const
    await causedBy(cause, () => loadSampleShop(app))
  }
  const administrator = await ensureAdministrator(app)
  if (administrator) {
    console.log(
      `\n  Administrator  ${administrator.email}\n  Password       ${administrator.password}   (shown this once)`,
    )
  }
}

async function open({ app, add }: Composed, worker: boolean): Promise<void> {
  const { config, log } = app
  const server = await buildServer(app)
  let working: Worker | undefined
  const finishRequests = watchRequests(server)
  add('requests and jobs under way', () => Promise.all([finishRequests(), working?.stop()]))
  await listen(server, config)
  if (worker)
    working = await startWorker(app.jobs, workTable(app), schedules(app), loggerOf(log, 'worker'), reportDeadJob(app))
  if (config.production) log.info({ url: config.PUBLIC_URL }, 'open')
  else greet(config)
}

/** For people who look on; in production only log lines are written. */
function greet(config: Config): void {
  console.log(`
  Souk is open   ${config.PUBLIC_URL}
  API documents  ${config.PUBLIC_URL}/api/docs/
  Mails          ${config.SMTP_URL ? 'by SMTP' : `${config.DATA_DIRECTORY}/outbox/`}
`)
}
