import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { compose } from '../../src/composition.ts'
import { readConfig } from '../../src/config.ts'
import { openNamedDatabase } from '../database.ts'
import type { Children } from '../processes.ts'
import type { SealedRace } from './races/index.ts'
import { openRandom } from './random.ts'
import type { RaceReport } from './report.ts'
import { type ServedShop, serveShop } from './served-shop.ts'
import { emptyCarts } from './stage.queries.ts'
import { castOf, openStage, settleAndExamine } from './stage.ts'

export type Rounds = { seeds: number[]; connections: number; isKilled: boolean }
export type Ground = { server: string; isOwn: boolean; children: Children }

const SECRETS = {
  SECRET_KEY: 'a key that signs nothing of value, for races',
  PAYMENT_WEBHOOK_SECRET: 'signs the webhooks of races',
}
/** Within this time most of a race happens: a kill later than that would hit nobody. */
const KILL_WITHIN_MS = 250

/** One race over all seeds, on a database of its own that is gone afterwards. */
export async function runRace(ground: Ground, race: SealedRace, rounds: Rounds): Promise<RaceReport> {
  const name = `souk_prove_${process.pid}`
  const database = await openNamedDatabase(ground.server, name, ground.isOwn)
  const folder = mkdtempSync(join(tmpdir(), 'souk-prove-'))
  chmodSync(folder, 0o711)
  const environment = {
    ...{ NODE_ENV: 'testing', DEMO_DATA: 'false', LOG_LEVEL: 'silent', HOST: '127.0.0.1' },
    ...{ DATABASE_URL: database.url, DATA_DIRECTORY: folder, DATABASE_POOL_SIZE: '20', ...SECRETS },
  }
  const { app, close } = await compose(readConfig(environment), { worker: false })
  try {
    const shop = await serveShop(ground.children, environment, folder)
    try {
      return await runSeeds(race, rounds, { app, shop })
    } finally {
      await shop.stop()
    }
  } finally {
    await close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    await database.drop()
  }
}

type Place = { app: Parameters<typeof castOf>[0]; shop: ServedShop }

async function runSeeds(
  race: SealedRace,
  { seeds, connections, isKilled }: Rounds,
  { app, shop }: Place,
): Promise<RaceReport> {
  const begun = performance.now()
  const cast = await castOf(app, connections)
  const violations: RaceReport['violations'] = []
  for (const seed of seeds) {
    await emptyCarts(app.db)
    const random = openRandom(seed)
    const killAfterMs = random.between(0, KILL_WITHIN_MS)
    let killing: Promise<void> | undefined
    const begin = () => {
      if (isKilled) killing ??= killLater(shop, killAfterMs)
    }
    const mark = `${race.name} ${seed} ${isKilled ? 'k' : 'q'}`
    const stage = openStage({ app, shop, random, ...cast, mark, begin })
    const complaints = await race.complaints(stage).catch((error: Error) => [`it broke off: ${error.message}`])
    await killing
    const all = [...complaints, ...(await settleAndExamine(app))]
    if (all.length > 0) violations.push({ seed, complaints: all })
  }
  const { requests, kills, slowestMs } = shop.counts
  const { name, proves } = race
  const tookMs = performance.now() - begun
  return { name, proves, isKilled, seeds: seeds.length, requests, kills, slowestMs, tookMs, violations }
}

async function killLater(shop: ServedShop, afterMs: number): Promise<void> {
  await sleep(afterMs)
  await shop.killAndRestart()
}
