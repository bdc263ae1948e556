/** Where everything is put together: from a configuration to a shop that can be served. */
import { join, resolve } from 'node:path'

import { openTrail, reportWriting, writeReport } from '#commerce/analytics'
import { importRuns, runImportJob } from '#commerce/assortment'
import { openSearchEngine, type SearchEngine } from '#commerce/browse'
import { makePictureCopies, pictureCopies, pictureRemovals, removeUnusedPicture } from '#commerce/catalog'
import { attemptInspections, inspectAttempt } from '#commerce/identity'
import { openGateways } from '#commerce/payments'
import { openCarriers } from '#commerce/shipping'
import { attemptDelivery, deliveryAttempts } from '#commerce/webhooks'
import { EVERYTHING, listenToChanges, openChangeFeed } from '#platform/changes'
import { type Closing, closeInReverse } from '#platform/closing.ts'
import { findMissingMigrations, migrate, openDatabase } from '#platform/database'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#platform/embedded-postgres'
import { type ErrorReports, openErrorReports, sentrySink, webhookSink } from '#platform/errors'
import { connectSubscriptions, deliver, eventDeliveries } from '#platform/events'
import { openFileStore } from '#platform/files'
import { openJobs, type WorkTable, works } from '#platform/jobs'
import { openLocator } from '#platform/location'
import { type Log, loggerOf, openLog } from '#platform/log'
import { letterDeliveries, openMailer, sendLetter } from '#platform/mail'
import { openMetrics } from '#platform/metrics'
import { type OpenIdClient, openOpenIdClient } from '#platform/openid'
import { openTexter, sendText, textDeliveries } from '#platform/sms'
import type { App } from './commerce/app.ts'
import { addGauges } from './commerce/gauges.ts'
import { subscriptions } from './commerce/subscriptions.ts'
import type { Config } from './config.ts'
import { VERSION } from './version.ts'
import { watchStatements } from './watch-statements.ts'

/** What the process is for: whether it works jobs, answers requests, and whether it must find the database as it needs it. */
export type Role = { worker: boolean; serves?: boolean; leavesDatabase?: boolean }
export type Composed = Closing & { app: App }

/**
 * Opens the shop: database (started when it is our own, migrated), jobs, mail, SMS, gateways. `close` undoes it in
 * reverse; whoever opens more on top of it says so with `add`.
 */
export async function compose(config: Config, role: Role): Promise<Composed> {
  const places = { file: config.LOG_FILE, directory: config.LOG_DIRECTORY }
  const log = openLog(config.LOG_LEVEL, config.production ? 'json' : 'text', places)
  const closing = closeInReverse(log)
  try {
    return { ...closing, app: await openShop(config, role, log, closing) }
  } catch (error) {
    await closing.close()
    throw error
  }
}

async function openShop(config: Config, role: Role, log: Log, closing: Closing): Promise<App> {
  const { url, stop } = await findDatabase(config, (message) => log.info({}, message))
  closing.add('the embedded database', stop)
  await (role.leavesDatabase ? refuseOld(url) : bringUpToDate(url, log))
  const metrics = openMetrics()
  const errors = openErrors(config, log)
  closing.add('reports of errors', () => errors.close())
  const onStatement = watchStatements(metrics, log, config.SLOW_QUERY_MS)
  const db = openDatabase({ url, poolSize: config.DATABASE_POOL_SIZE, onStatement })
  closing.add('connections to the database', () => db.destroy(), CLOSE_WITHIN_MS)
  const trail = openTrail({ db, log })
  closing.add('what was noted of requests', () => trail.close(), CLOSE_WITHIN_MS)
  const files = openFileStore({ url: config.FILES_URL, dataDirectory: config.DATA_DIRECTORY, log })
  closing.add('the file storage', () => files.close())
  const changes = await openChangeFeed({ db, url, redisUrl: config.REDIS_URL, hears: role.serves ?? false, log })
  closing.add('news of changes', () => changes.close(), CLOSE_WITHIN_MS)
  const searchEngine = openSearch(config, log)
  closing.add('the search engine', () => searchEngine.close())
  listenToChanges(db, async (heard) => {
    await changes.tell(heard)
    searchEngine.noteChange?.(db)
  })
  // A process before this one may have died between a commit and its word of it; and the database may just have been migrated.
  if (!role.leavesDatabase) await changes.tell(EVERYTHING)
  const outbox = join(config.DATA_DIRECTORY, 'outbox')
  const mailer = openMailer({
    ...(config.SMTP_URL ? { smtpUrl: config.SMTP_URL } : {}),
    from: config.MAIL_FROM,
    outbox,
    host: new URL(config.PUBLIC_URL).hostname,
    log,
  })
  closing.add('mail', () => mailer.close())
  const texter = openTexter({ webhookUrl: config.SMS_WEBHOOK_URL, outbox, log })
  closing.add('SMS', () => texter.close())
  const locator = await openLocator(config.GEOLOCATION, log)
  closing.add('the places of addresses', () => locator.close())
  const jobs = await openJobs({
    url,
    log: loggerOf(log, 'worker'),
    works: role.worker,
    queues: workTable().map(({ queue }) => queue),
  })
  closing.add('jobs', () => jobs.close(), CLOSE_WITHIN_MS)
  connectSubscriptions(db, subscriptions, jobs, metrics.countEvent)
  const outside = {
    mailer,
    texter,
    locator,
    gateways: await openGateways(config, now),
    google: openGoogle(config, log),
  }
  const carriers = openCarriers({ db, config, now })
  const app = {
    ...{ db, jobs, files, ...outside, carriers, changes, searchEngine, trail },
    ...{ log, metrics, errors, now, config },
  }
  addGauges(app)
  return app
}

const now = () => new Date()

/** Who is told of unexpected errors: nobody, a webhook, Sentry (MP-204). */
export function openErrors({ ERROR_REPORT_URL, SENTRY_DSN, NODE_ENV }: Config, log: Log, clock = now): ErrorReports {
  const sinks = [
    ...(ERROR_REPORT_URL ? [webhookSink(ERROR_REPORT_URL)] : []),
    ...(SENTRY_DSN ? [sentrySink(SENTRY_DSN)] : []),
  ]
  return openErrorReports({ sinks, release: VERSION, environment: NODE_ENV, log, now: clock })
}

/** The search engine of SEARCH_URL, or the database. */
export function openSearch(config: Config, log: Log, clock = now): SearchEngine {
  return openSearchEngine({ url: config.SEARCH_URL, timeoutMs: config.SEARCH_TIMEOUT_MS, now: clock, log })
}

/** Sign-in with Google, where there is a client id for it (NX-077). */
export function openGoogle(config: Config, log: Log): OpenIdClient | undefined {
  const { GOOGLE_CLIENT_ID: clientId, GOOGLE_CLIENT_SECRET: clientSecret, GOOGLE_ISSUER: issuer } = config
  return clientId ? openOpenIdClient({ name: 'google', issuer, clientId, clientSecret, log }) : undefined
}

/** A connection that a hanging request or job still holds does not keep the process from ending. */
const CLOSE_WITHIN_MS = 5000

/** Which work is done by whom. Without an app it only names the queues. */
export function workTable(app?: App): WorkTable {
  return [
    works(eventDeliveries, (delivery) => deliver(app!, subscriptions, delivery)),
    works(attemptInspections, (inspection) => inspectAttempt(app!, inspection)),
    works(importRuns, (run) => runImportJob(app!, run)),
    works(letterDeliveries, ({ letterId }) => sendLetter(app!.db, app!.mailer, letterId, app!.now())),
    works(pictureCopies, (copies) => makePictureCopies(app!, copies)),
    works(pictureRemovals, (removal) => removeUnusedPicture(app!, removal)),
    works(deliveryAttempts, ({ deliveryId }) => attemptDelivery(app!, deliveryId)),
    works(reportWriting, ({ reportId }) => writeReport(app!, reportId)),
    works(textDeliveries, ({ textId }) => sendText(app!.db, app!.texter, textId, app!.now())),
  ]
}

/** Who only looks does not change the database under a shop of another version. */
async function refuseOld(url: string): Promise<void> {
  const missing = await findMissingMigrations(url)
  if (missing.length === 0) return
  throw new Error(
    `The database is not that of this version: it lacks ${missing[0]}. Start Souk, or run migrate, first.`,
  )
}

async function bringUpToDate(url: string, log: Log): Promise<void> {
  try {
    const applied = await migrate(url)
    if (applied.length > 0) log.info({ from: applied[0], to: applied.at(-1) }, 'the database was brought up to date')
  } catch (error) {
    if (!isUnreachable(error)) throw error
    throw new Error('The database of DATABASE_URL cannot be reached.', { cause: error })
  }
}

/** The system says so (no such host, nobody listens), the server does before it lets anybody in, or nobody says anything. */
function isUnreachable(error: unknown): boolean {
  const { code = '', message } = error as { code?: string; message?: string }
  return message === 'timeout expired' || /^(E[A-Z]+|28\w{3}|3D000|53300|57P03)$/.test(code)
}

async function findDatabase(config: Config, log: (message: string) => void): Promise<EmbeddedPostgres> {
  const place = embeddedPlace(config)
  if (place === undefined) return { url: config.databaseUrl, stop: async () => {} }
  return startEmbeddedPostgres(place === 'memory' ? { throwAway: true } : { dataDirectory: place }, log)
}

/** Where the data of the embedded database lies: a folder, or `memory`. Undefined: the database is one of the owner's. */
export function embeddedPlace({ databaseUrl }: Config): string | undefined {
  const place = /^embedded:\/\/(.+)$/.exec(databaseUrl)?.[1]
  return place === undefined || place === 'memory' ? place : resolve(place)
}
