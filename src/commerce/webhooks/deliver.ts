import { unseal } from '#commerce/identity'
import { inTransaction } from '#platform/database'
import type { JobQueue } from '#platform/jobs'
import { type Posted, postOutward } from '#platform/outward'
import type { App } from '../app.ts'
import { type Claimed, claimDelivery, findDue, noteOutcome, type Outcome } from './deliveries.queries.ts'
import { disableEndpoint, letRest, noteFailure, noteWell } from './endpoints.queries.ts'
import { nextAttempt, restUntil } from './pauses.ts'
import { signMessage } from './sign.ts'

/** A queue of its own: an endpoint that keeps us waiting holds up no mail. */
export const deliveryAttempts: JobQueue<{ deliveryId: number }> = { name: 'webhook-deliveries', concurrency: 4 }

const WITHIN_MS = 10_000
const BELIEVED_MS = 60_000
const ANSWER_BYTES_MAX = 1024
const GONE = 410
/** Whoever takes nothing for so long is switched off. */
const FAILS_MAX_MS = 5 * 24 * 3_600_000
const DUE_AT_ONCE = 500

/**
 * Tries to deliver, once. 2xx is delivered; all else is tried again over two days, and then given up; 410 switches the endpoint off. Killed
 * in the middle it is tried again a minute later, under the same id. Nothing of the database is held while the endpoint is waited for.
 */
export async function attemptDelivery(app: App, deliveryId: number): Promise<void> {
  const begun = app.now()
  const until = new Date(begun.getTime() + BELIEVED_MS)
  const claimed = await inTransaction(app.db, (tx) => claimDelivery(tx, deliveryId, until, begun))
  if (!claimed) return
  const started = performance.now()
  const posted = await post(app, claimed).catch((error: unknown) => wordsOf(error))
  const durationMs = Math.round(performance.now() - started)
  await conclude(app, claimed, posted, durationMs)
}

/** Finds what is due again, and has it tried. Run every minute. */
export async function retryDeliveries(app: App): Promise<void> {
  const due = await findDue(app.db, app.now(), DUE_AT_ONCE)
  if (due.length === 0) return
  await inTransaction(app.db, (tx) =>
    app.jobs.enqueue(
      tx,
      deliveryAttempts,
      due.map((deliveryId) => ({ deliveryId })),
    ),
  )
}

async function post(app: App, { url, sealedSecret, formerSecret, messageId, body }: Claimed): Promise<Posted> {
  const now = app.now()
  const secrets: string[] = []
  for (const sealed of [sealedSecret, formerSecret]) {
    const secret = sealed === null ? undefined : await unseal('webhook_secret', sealed, { now, config: app.config })
    if (secret) secrets.push(secret.subject)
  }
  if (secrets.length === 0)
    throw new Error('the secret was sealed with another SECRET_KEY: give this endpoint a new one')
  return postOutward(url, body, {
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Souk-Webhooks',
      ...signMessage(secrets, messageId, body, now),
    },
    withinMs: WITHIN_MS,
    bytesMax: ANSWER_BYTES_MAX,
    allowsInside: app.config.WEBHOOK_ALLOW_PRIVATE,
  })
}

async function conclude(app: App, claimed: Claimed, posted: Posted | string, durationMs: number): Promise<void> {
  const now = app.now()
  const { endpointId, attempts } = claimed
  const answer = typeof posted === 'string' ? undefined : posted
  const isTaken = answer !== undefined && answer.status >= 200 && answer.status < 300
  const next = isTaken || answer?.status === GONE ? undefined : nextAttempt(attempts, now, answer?.retryAfter)
  const outcome: Outcome = {
    status: isTaken ? 'delivered' : next ? 'pending' : 'failed',
    nextAttemptAt: next ?? null,
    responseStatus: answer?.status ?? null,
    responseBody: answer?.body ?? null,
    failure: isTaken ? null : (answer ? `answered ${answer.status}` : (posted as string)).slice(0, 500),
    durationMs,
  }
  await inTransaction(app.db, async (tx) => {
    await noteOutcome(tx, claimed, outcome, now)
    if (isTaken) return noteWell(tx, endpointId)
    if (answer?.status === GONE) return disableEndpoint(tx, endpointId, 'it answered 410 Gone', now)
    const fared = await noteFailure(tx, endpointId, now)
    if (!fared) return
    await letRest(tx, endpointId, restUntil(fared.failures, now))
    if (now.getTime() - fared.failingSince.getTime() > FAILS_MAX_MS)
      await disableEndpoint(tx, endpointId, 'it took nothing for five days', now)
  })
  if (outcome.status === 'failed')
    app.log.warn({ endpoint: endpointId, delivery: claimed.id, failure: outcome.failure }, 'a webhook was given up')
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError' || error.name === 'AbortError')
    return `no answer within ${WITHIN_MS / 1000} seconds`
  return error instanceof AggregateError ? error.errors.map(({ message }) => message).join(', ') : error.message
}
