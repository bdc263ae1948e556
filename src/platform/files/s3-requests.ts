/** One request to an S3-compatible storage: signed, tried again where that helps, and never waited for without end. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { AwsClient } from 'aws4fetch'
import { assertNoTransaction } from '#platform/database'
import type { Log } from '#platform/log'
import { Refusal } from '#platform/refusal.ts'

/** `address` is that of the bucket, with a slash at its end. `waitMs` is how long it may be silent. */
export type Storage = { client: AwsClient; address: string; closed: AbortController; log: Log; waitMs: number }
/** `abort` ends the answer where its body is not read to the end. */
type Answered = { response: Response; abort: AbortController }
type Failure = { reason: string; mayPass: boolean }
type Sent = { body: Uint8Array<ArrayBuffer>; headers: Record<string, string> }

const TRIES_MAX = 3
const TRY_AGAIN_AFTER_MS = 200

/**
 * What the storage answers: done, or a 404 for a file that is not there. Refuses `storage_unavailable`, with the reason in
 * the log, for whatever else it says, and for a bucket that is not there. `rest` is the name of a file, or a question to the bucket.
 */
export async function askStorage(storage: Storage, method: string, rest: string, sent?: Sent): Promise<Answered> {
  assertNoTransaction()
  const { closed, log } = storage
  for (let tries = 1; ; tries += 1) {
    const tried = await tryOnce(storage, method, rest, sent).catch(toFailure)
    if ('response' in tried) return tried
    const { reason, mayPass } = tried
    if (!mayPass || tries >= TRIES_MAX || closed.signal.aborted) {
      if (!closed.signal.aborted) log.error({ method, asked: rest, reason }, 'the file storage cannot be used')
      throw new Refusal('unavailable', 'storage_unavailable', 'The file storage cannot be used')
    }
    await sleep(TRY_AGAIN_AFTER_MS * tries)
  }
}

async function tryOnce(storage: Storage, method: string, rest: string, sent?: Sent): Promise<Answered | Failure> {
  const { client, address, closed, waitMs } = storage
  const abort = new AbortController()
  const late = setTimeout(() => abort.abort(new Error(`no answer within ${waitMs} ms`)), waitMs)
  try {
    const request = await client.sign(address + rest, { method, ...sent })
    const signal = AbortSignal.any([abort.signal, closed.signal])
    // Who redirects wants another region or bucket: the signature would not fit there.
    const response = await fetch(request, { redirect: 'manual', signal })
    return (response.ok ? undefined : await findFailure(response)) ?? { response, abort }
  } finally {
    clearTimeout(late)
  }
}

/** Undefined for a file that is not there. A missing bucket is a 404 as well, told by its code. */
async function findFailure(response: Response): Promise<Failure | undefined> {
  const code = /<Code>(\w+)<\/Code>/.exec(await response.text())?.[1]
  const { status } = response
  if (status === 404 && code !== 'NoSuchBucket') return undefined
  return { reason: [status, code].filter(Boolean).join(' '), mayPass: status >= 500 || status === 429 }
}

/** What the network said stands one deeper. */
function toFailure(error: Error): Failure {
  const cause = error.cause as { code?: string; message?: string } | undefined
  return { reason: cause?.code ?? cause?.message ?? error.message, mayPass: true }
}
