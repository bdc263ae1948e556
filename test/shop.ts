/** A whole shop for one test file: its own database, a clock to move, and no outside world. */
import assert from 'node:assert/strict'
import { openTrail } from '#commerce/analytics'
import { openGateways } from '#commerce/payments'
import { openCarriers } from '#commerce/shipping'
import { listenToChanges, openLocalFeed } from '#platform/changes'
import { assertNoTransaction, openDatabase } from '#platform/database'
import { connectSubscriptions } from '#platform/events'
import { openFileStore } from '#platform/files'
import { openJobs, workOnce } from '#platform/jobs'
import { openLocator, type Place } from '#platform/location'
import { openLog } from '#platform/log'
import { openMetrics } from '#platform/metrics'
import type { App } from '../src/commerce/app.ts'
import { addGauges } from '../src/commerce/gauges.ts'
import { subscriptions } from '../src/commerce/subscriptions.ts'
import { openErrors, openGoogle, openSearch, workTable } from '../src/composition.ts'
import { type Config, readConfig } from '../src/config.ts'
import { watchStatements } from '../src/watch-statements.ts'
import { cloneTemplate } from './template.ts'

export type TestShop = App & {
  databaseUrl: string
  /** Every letter that left, oldest first. */
  letters: {
    to: string
    subject: string
    text: string
    html: string
    attachments: { filename: string; base64: string }[]
  }[]
  /** Every SMS that left, oldest first. */
  texts: { to: string; body: string }[]
  /** Where addresses are, for a test to say: any other is unknown, or of the local network. */
  places: Map<string, Place>
  /** Moves the clock on. */
  pass(ms: number): void
  /** Works the jobs that wait, until none does. */
  runJobs(): Promise<void>
  close(): Promise<void>
}

const testEnvironment = {
  NODE_ENV: 'testing',
  SECRET_KEY: 'a test key that signs nothing of value',
  PAYMENT_WEBHOOK_SECRET: 'webhook-secret-of-tests',
  LOG_LEVEL: 'error',
  DATA_DIRECTORY: 'var/test',
}

/** Opens a shop on a database of its own. `npm test` provides the server; settings are environment variables. */
export async function openTestShop(settings: Record<string, string> = {}): Promise<TestShop> {
  const { SOUK_TEST_SERVER: server, SOUK_TEST_TEMPLATE: template } = process.env
  assert(server && template, 'run tests with `npm test` or `node test/run.ts FILE…`: it provides the database')
  const database = await cloneTemplate(server, template)
  const config: Config = readConfig({ ...testEnvironment, ...settings })
  const log = openLog(config.LOG_LEVEL)
  const metrics = openMetrics()
  const onStatement = watchStatements(metrics, log, config.SLOW_QUERY_MS)
  const db = openDatabase({ url: database.url, poolSize: 10, onStatement })
  const jobs = await openJobs({ url: database.url, log, works: false, queues: workTable().map(({ queue }) => queue) })
  connectSubscriptions(db, subscriptions, jobs, metrics.countEvent)
  const files = openFileStore({ url: config.FILES_URL, dataDirectory: config.DATA_DIRECTORY, log })
  const trail = openTrail({ db, log })
  const changes = openLocalFeed()
  listenToChanges(db, changes.tell)
  const letters: TestShop['letters'] = []
  const texts: TestShop['texts'] = []
  const places: TestShop['places'] = new Map()
  const elsewhere = await openLocator('none', log)
  let offsetMs = 0
  const now = () => new Date(Date.now() + offsetMs)
  const searchEngine = openSearch(config, log, now)
  const errors = openErrors(config, log, now)
  const shop: TestShop = {
    db,
    jobs,
    files,
    log,
    metrics,
    errors,
    changes,
    trail,
    config,
    letters,
    texts,
    places,
    databaseUrl: database.url,
    gateways: await openGateways(config, now),
    carriers: openCarriers({ db, config, now }),
    google: openGoogle(config, log),
    searchEngine,
    now,
    pass: (ms) => {
      offsetMs += ms
    },
    mailer: {
      send: async (letter) => {
        assertNoTransaction()
        letters.push(letter)
      },
      verify: async () => {},
      close: () => {},
    },
    texter: {
      send: async (text) => {
        assertNoTransaction()
        texts.push(text)
      },
      close: () => {},
    },
    locator: {
      locate: async (ip) => {
        assertNoTransaction()
        return places.get(ip) ?? elsewhere.locate(ip)
      },
      close: () => {},
    },
    runJobs: () => workOnce(jobs, workTable(shop)),
    close: async () => {
      await errors.close()
      files.close()
      searchEngine.close()
      await jobs.close()
      await trail.close()
      await db.destroy()
      await database.drop()
    },
  }
  addGauges(shop)
  return shop
}
