import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import { readServerFacts } from '#platform/database'
import { contentName } from '#platform/files'
import type { App } from '../commerce/app.ts'
import type { Finding } from '../config/review-deployment.ts'
import type { Config } from '../config.ts'
import { withShop } from './with-shop.ts'
import { wordsOf } from './words-of.ts'

const REDIS_ANSWERS_WITHIN_MS = 5000
const POSTGRES_MIN = 150_000
/** Beside its pool a process holds these: for jobs, and to listen. */
const CONNECTIONS_BESIDE = 5

/** What is configured and cannot be used; of the database also what would not do for long. */
export async function findUnreachable(config: Config): Promise<Finding[]> {
  const found = await withShop(config, examine, { leavesDatabase: true }).catch((error) => [
    fault('the database', error),
  ])
  return [...found, ...(await tryTo('Redis', () => askRedis(config)))]
}

async function examine(app: App): Promise<Finding[]> {
  return [
    ...(await examineDatabase(app)),
    ...(await tryTo('the mail server', () => app.mailer.verify())),
    ...(await tryTo('the file storage', () => keepAndRemove(app))),
  ]
}

async function examineDatabase({ db, config }: App): Promise<Finding[]> {
  const { version, connectionsMax } = await readServerFacts(db)
  const mine = config.DATABASE_POOL_SIZE + CONNECTIONS_BESIDE
  return [
    ...(version < POSTGRES_MIN ? [wrong('the database is older than PostgreSQL 15')] : []),
    ...(mine > connectionsMax
      ? [wrong(`a process takes ${mine} connections, and the database has ${connectionsMax}`)]
      : []),
  ]
}

async function askRedis({ REDIS_URL }: Config): Promise<void> {
  if (!REDIS_URL) return
  const redis = new Redis(REDIS_URL, {
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
    connectTimeout: REDIS_ANSWERS_WITHIN_MS,
    commandTimeout: REDIS_ANSWERS_WITHIN_MS,
  })
  // Told by connect() as well; without a listener it would be printed.
  redis.on('error', () => {})
  try {
    await redis.connect()
    await redis.ping()
  } finally {
    redis.disconnect()
  }
}

async function keepAndRemove({ files }: App): Promise<void> {
  const name = contentName('check', 'probe', randomUUID(), 'png')
  await files.save(name, new Uint8Array([0]))
  await files.remove(name)
}

async function tryTo(what: string, deed: () => Promise<void>): Promise<Finding[]> {
  try {
    await deed()
    return []
  } catch (error) {
    return [fault(what, error)]
  }
}

const fault = (what: string, error: unknown) =>
  wrong(`${what} cannot be used: ${error instanceof Error ? wordsOf(error) : String(error)}`)
const wrong = (says: string): Finding => ({ level: 'wrong', says })
