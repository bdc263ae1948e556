/**
 * `Idempotency-Key` (V1-303): the same key, viewer and body within a day gets the first answer again, and the deed is
 * done once. The answer is kept in the deed's own transaction, so there is no moment in which one exists without the other.
 */
import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Answer, findAnswer, insertAnswer, isAnswerTaken } from '#platform/answers'
import type { Tx } from '#platform/database'
import { invalidFields, Refusal } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'

const KEY_LENGTH_MAX = 255

/** Given to the deed, which runs it last in its transaction: keeps the answer beside the effect. */
export type Alongside<Done> = (tx: Tx, done: Done) => Promise<void>

/**
 * Answers a request that must have its effect once: `work` does the deed, `toBody` words what was done. Refuses a key
 * that was used for another body with 409 (`idempotency_key_reused`).
 */
export async function answerOnce<Done, Body extends object>(
  app: App,
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  toBody: (done: Done) => Body,
  work: (alongside: Alongside<Done>) => Promise<Done>,
): Promise<Body> {
  const asked = readKey(request)
  reply.code(status)
  if (!asked) return toBody(await work(async () => {}))
  // A deed of several transactions would leave traces of the first ones.
  const before = await findAnswer(app.db, asked.scope, asked.key)
  if (before) return replay<Body>(before, asked, reply)
  let kept: Body | undefined
  try {
    const done = await work(async (tx, done) => {
      kept = toBody(done)
      await insertAnswer(tx, { ...asked, status, body: JSON.stringify(kept) }, app.now())
    })
    // What was written down, and not what has come of it since: an answer that is given again is the same.
    return kept ?? toBody(done)
  } catch (error) {
    // Beside a request of the same moment the deed finds what that one left (an empty cart, a taken key) and refuses.
    if (!(error instanceof Refusal) && !isAnswerTaken(error)) throw error
    const answer = await findAnswer(app.db, asked.scope, asked.key)
    if (!answer) throw error
    return replay<Body>(answer, asked, reply)
  }
}

function replay<Body>(answer: Answer, asked: Asked, reply: FastifyReply): Body {
  if (answer.fingerprint !== asked.fingerprint) {
    throw new Refusal('conflict', 'idempotency_key_reused', 'This idempotency key was used for another request')
  }
  reply.code(answer.status).header('Idempotent-Replayed', 'true')
  return JSON.parse(answer.body) as Body
}

type Asked = Pick<Answer, 'scope' | 'key' | 'fingerprint'>

function readKey(request: FastifyRequest): Asked | undefined {
  const key = request.headers['idempotency-key']
  if (typeof key !== 'string' || key === '') return undefined
  if (key.length > KEY_LENGTH_MAX)
    throw invalidFields({ 'Idempotency-Key': { code: 'maxLength', limit: KEY_LENGTH_MAX } })
  const { method, routeOptions, viewer, body } = request
  // What the address names is a part of what is asked: one key for two orders is two requests.
  const named = Object.values(request.params ?? {})
  const fingerprint = createHash('sha256')
    .update(JSON.stringify(named.length > 0 ? [named, body ?? null] : (body ?? null)))
    .digest('base64url')
  return { scope: `${viewer?.accountId ?? 'guest'} ${method} ${routeOptions.url}`, key, fingerprint }
}
