/** Keeps the index of the engine in step with the shop, and builds it anew where that is not enough. */
import { randomUUID } from 'node:crypto'
import { type Db, inTransaction } from '#platform/database'
import type { Log } from '#platform/log'
import type { SearchClient } from '#platform/opensearch'
import {
  deleteFollower,
  findLeftIndexes,
  findNewsFor,
  findProductIdsAfter,
  insertFollower,
  type News,
  updateSeen,
} from './followers.queries.ts'
import { INDEX_BODY } from './index-body.ts'
import { BATCH, sendDocuments } from './send-documents.ts'

export type Following = { db: Db; client: SearchClient; log: Log; now: Date }

const WAIT_MS = 30_000
const TRIES_MAX = 3
/** Changes are swept a day after they are noted: who has not seen the shop for so long may have missed some. */
const SEEN_WITHIN_MS = 12 * 3_600_000
/** An index that the alias does not lead to any more, or never did, goes after this time without a document. */
const LEFT_FOR_MS = 3_600_000

/** What searches ask: an alias, which leads to the index that is used. */
export const aliasOf = ({ prefix }: SearchClient): string => prefix

/**
 * Sends the engine what changed since it was last in step. Where there is no index, or it is too far behind to be brought in
 * step, a new one is built. Safe to run again, at the same time too, and after a crash at any point: what was seen is noted last.
 */
export async function followChanges(following: Following): Promise<void> {
  const { db, client, log, now } = following
  const index = await findUsedIndex(client)
  const news = index === undefined ? undefined : await findNewsFor(db, index)
  if (index === undefined || !news || isLost(news, now)) {
    log.warn({ index }, 'the search engine has no index of this shop, or an old one: it is built anew')
    await buildIndex(following)
    return
  }
  await sendNews(following, index, news)
  await dropLeftIndexes(following, index)
}

/**
 * Builds a fresh index beside the one that is used, brings it in step and then lets the alias lead to it. Returns how many
 * products it was sent. The index from before is dropped an hour later.
 */
export async function buildIndex(following: Following): Promise<number> {
  const { db, client, log, now } = following
  const index = `${client.prefix}-${randomUUID().slice(0, 8)}`
  await client.ask('PUT', index, { body: INDEX_BODY, waitMs: WAIT_MS })
  await inTransaction(db, (tx) => insertFollower(tx, index, now))
  let count = 0
  for (let last = 0; ; ) {
    const ids = await findProductIdsAfter(db, last, BATCH)
    if (ids.length === 0) break
    await sendDocuments(following, index, ids)
    count += ids.length
    last = ids.at(-1)!
  }
  const news = await findNewsFor(db, index)
  if (news) await sendNews(following, index, news)
  await client.ask('POST', `${index}/_refresh`, { waitMs: WAIT_MS, tries: TRIES_MAX })
  await useIndex(client, index)
  log.info({ index, products: count }, 'the index of the search engine was built')
  return count
}

/** So many are sent at once after a change; more are left to the schedule. */
const AT_ONCE_MAX = 1000

/** Sends what changed just now, if it is little and the index is in use; for what is more there is `followChanges`. */
export async function followAtOnce(following: Following): Promise<void> {
  const index = await findUsedIndex(following.client)
  const news = index === undefined ? undefined : await findNewsFor(following.db, index)
  if (!index || !news || isLost(news, following.now) || news.productIds.length > AT_ONCE_MAX) return
  if (news.productIds.length > 0) await sendNews(following, index, news)
}

function isLost({ isFromElsewhere, seenAt }: News, now: Date): boolean {
  return isFromElsewhere || now.getTime() - seenAt.getTime() > SEEN_WITHIN_MS
}

async function sendNews(
  following: Following,
  index: string,
  { productIds, asOf }: { productIds: number[]; asOf: string },
) {
  await sendDocuments(following, index, productIds)
  await inTransaction(following.db, (tx) => updateSeen(tx, index, asOf, following.now))
}

/** Undefined where the alias leads nowhere. */
async function findUsedIndex(client: SearchClient): Promise<string | undefined> {
  const options = { waitMs: WAIT_MS, tries: TRIES_MAX, isMissing: true } as const
  const found = await client.ask<Record<string, unknown>>('GET', `_alias/${aliasOf(client)}`, options)
  return Object.keys(found ?? {}).sort()[0]
}

/** In one step, so that every search finds one index or the other. */
async function useIndex(client: SearchClient, index: string): Promise<void> {
  const alias = aliasOf(client)
  const options = { waitMs: WAIT_MS, tries: TRIES_MAX, isMissing: true } as const
  const used = Object.keys((await client.ask<Record<string, unknown>>('GET', `_alias/${alias}`, options)) ?? {})
  const actions = [
    ...used.filter((each) => each !== index).map((each) => ({ remove: { index: each, alias } })),
    { add: { index, alias } },
  ]
  await client.ask('POST', '_aliases', { body: { actions }, waitMs: WAIT_MS })
}

async function dropLeftIndexes({ db, client, now }: Following, used: string): Promise<void> {
  const before = new Date(now.getTime() - LEFT_FOR_MS)
  for (const index of await findLeftIndexes(db, `${client.prefix}-`, used, before)) {
    await client.ask('DELETE', index, { waitMs: WAIT_MS, isMissing: true })
    await inTransaction(db, (tx) => deleteFollower(tx, index))
  }
}
