/** Where everything is put together: from a configuration to a shop that can be served. */

import { join } from 'node:path'
import { sandboxGateways } from '#commerce/payments'
import { migrate, openDatabase } from '#platform/database'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#platform/embedded-postgres'
import { connectSubscriptions, deliver, eventDeliveries } from '#platform/events'
import { openJobs, type WorkTable, works } from '#platform/jobs'
import { openLog } from '#platform/log'
import { letterDeliveries, openMailer, sendLetter } from '#platform/mail'
import type { App } from './commerce/app.ts'
import { subscriptions } from './commerce/subscriptions.ts'
import type { Config } from './config.ts'

export type Composed = { app: App; databaseUrl: string; close(): Promise<void> }

/** Opens the shop: database (started when it is our own, migrated), jobs, mail, gateways. `close` undoes it in reverse. */
export async function compose(config: Config, role: { worker: boolean }): Promise<Composed> {
  const log = openLog(config.LOG_LEVEL)
  const { url, stop } = await findDatabase(config, (message) => log.info({}, message))
  try {
    for (const name of await migrate(url)) log.info({ name }, 'migrated')
    const db = openDatabase({ url, poolSize: config.DATABASE_POOL_SIZE })
    const jobs = await openJobs({ url, log, works: role.worker, queues: workTable().map(({ queue }) => queue) })
    connectSubscriptions(db, subscriptions, jobs)
    const mailer = openMailer({
      ...(config.SMTP_URL ? { smtpUrl: config.SMTP_URL } : {}),
      from: config.MAIL_FROM,
      outbox: join(config.DATA_DIRECTORY, 'outbox'),
      host: new URL(config.PUBLIC_URL).hostname,
      log,
    })
    const gateways = sandboxGateways(config)
    const app: App = { db, jobs, mailer, gateways, log, now: () => new Date(), config }
    const close = async () => {
      await jobs.close()
      mailer.close()
      await db.destroy()
      await stop()
    }
    return { app, databaseUrl: url, close }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Which work is done by whom. Without an app it only names the queues. */
export function workTable(app?: App): WorkTable {
  return [
    works(eventDeliveries, (delivery) => deliver(app!, subscriptions, delivery)),
    works(letterDeliveries, ({ letterId }) => sendLetter(app!.db, app!.mailer, letterId, app!.now())),
  ]
}

async function findDatabase(config: Config, log: (message: string) => void): Promise<EmbeddedPostgres> {
  const embedded = /^embedded:\/\/(.*)$/.exec(config.databaseUrl)
  if (!embedded) return { url: config.databaseUrl, stop: async () => {} }
  const place = embedded[1]!
  return startEmbeddedPostgres(place === 'memory' ? { throwAway: true } : { dataDirectory: place }, log)
}
