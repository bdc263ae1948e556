import { setTimeout as sleep } from 'node:timers/promises'
import { type Db, inTransaction } from '#platform/database'
import { EngineFailure, type SearchClient } from '#platform/opensearch'
import { type Document, findDocuments, takeVersion } from './followers.queries.ts'

/** So many products are read and sent at a time. */
export const BATCH = 500
const BULK_WAIT_MS = 60_000
const TRIES_MAX = 5
const TRY_AGAIN_AFTER_MS = 200

type Operation = 'index' | 'delete'
type BulkAnswer = { items: Record<Operation, { _id: string; status: number; error?: { type: string } }>[] }

/**
 * Brings these products in the index up to date: active ones come, others go. Each batch is read under a number of its own and
 * sent with it; the engine keeps the document of the higher number, so it does not matter who sends first, or twice. Throws
 * EngineFailure where the engine does not take them; sending them again is safe.
 */
export async function sendDocuments(
  { db, client, now }: { db: Db; client: SearchClient; now: Date },
  index: string,
  productIds: number[],
): Promise<void> {
  for (let at = 0; at < productIds.length; at += BATCH) {
    const { version, documents } = await inTransaction(db, async (tx) => ({
      version: await takeVersion(tx, index, now),
      documents: await findDocuments(tx, productIds.slice(at, at + BATCH)),
    }))
    if (version === undefined) throw new EngineFailure(`the index ${index} was given up`)
    await sendBatch(client, index, documents, version)
  }
}

async function sendBatch(client: SearchClient, index: string, documents: Document[], version: number): Promise<void> {
  let left = documents
  for (let tried = 1; left.length > 0; tried += 1) {
    const { items } = await client.ask<BulkAnswer>('POST', `${index}/_bulk`, {
      body: left.map((document) => linesOf(document, version)).join(''),
      waitMs: BULK_WAIT_MS,
      tries: TRIES_MAX,
    })
    const busy = new Set<string>()
    for (const item of items) {
      const { _id: id, status, error } = item.index ?? item.delete
      if (isDone(status)) continue
      if (status !== 429 && status < 500)
        throw new EngineFailure(`product ${id} was refused: ${status} ${error?.type}`, status)
      busy.add(id)
    }
    left = left.filter(({ productId }) => busy.has(String(productId)))
    if (left.length === 0) return
    if (tried >= TRIES_MAX) throw new EngineFailure(`${left.length} products were not taken`, 429)
    await sleep(TRY_AGAIN_AFTER_MS * 2 ** (tried - 1))
  }
}

/** It has it, or had it not; or it has a newer one. */
const isDone = (status: number) => status < 300 || status === 404 || status === 409

function linesOf({ productId, source }: Document, version: number): string {
  const target = { _id: String(productId), version, version_type: 'external' }
  if (!source) return `${JSON.stringify({ delete: target })}\n`
  return `${JSON.stringify({ index: target })}\n${JSON.stringify(source)}\n`
}
