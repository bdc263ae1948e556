import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { AwsClient } from 'aws4fetch'
import type { Log } from '#platform/log'
import { addressOf, contentTypeOf, isFileName } from './file-name.ts'
import type { FileStore } from './file-store.ts'
import { askStorage, type Storage } from './s3-requests.ts'
import { streamOf } from './s3-stream.ts'

/** A name never changes its content: whoever serves the bucket directly may say so too. */
const KEEP_FOR_GOOD = 'public, max-age=31536000, immutable'
const WAIT_MS = 10_000
/** Asks whether the bucket may be used: names up to none of its files. */
const ANY_FILE = '?list-type=2&max-keys=0'

/**
 * Files in a bucket of S3, or of a storage that speaks like it, each under its name. Says in the log at once when the
 * bucket cannot be used; the shop goes on without its pictures meanwhile.
 */
export function openS3Store(url: string, log: Log, waitMs = WAIT_MS): FileStore {
  const storage = readStorage(url, log, waitMs)
  askStorage(storage, 'GET', ANY_FILE)
    .then(({ response }) => response.body?.cancel())
    .catch(() => {})
  return {
    save: async (name, bytes) => {
      assert(isFileName(name), `not the name of a public file: ${name}`)
      const headers = {
        'content-type': contentTypeOf(name),
        'cache-control': KEEP_FOR_GOOD,
        'x-amz-content-sha256': createHash('sha256').update(bytes).digest('hex'),
      }
      const { response } = await askStorage(storage, 'PUT', name, { body: new Uint8Array(bytes), headers })
      await response.body?.cancel()
      return addressOf(name)
    },
    find: async (name) => {
      if (!isFileName(name)) return undefined
      const { response } = await askStorage(storage, 'HEAD', name)
      return response.ok ? { bytes: bytesOf(response) } : undefined
    },
    open: async (name) => {
      if (!isFileName(name)) return undefined
      const { response, abort } = await askStorage(storage, 'GET', name)
      if (response.ok) return { bytes: bytesOf(response), stream: streamOf(response, abort, waitMs) }
      return undefined
    },
    remove: async (name) => {
      assert(isFileName(name), `not the name of a public file: ${name}`)
      const { response } = await askStorage(storage, 'DELETE', name)
      await response.body?.cancel()
    },
    close: () => storage.closed.abort(new Error('closed')),
  }
}

/** s3://KEY:SECRET@HOST/BUCKET?region=…&tls=false, as FILES_URL says it; signs in these become %2F and the like. */
function readStorage(url: string, log: Log, waitMs: number): Storage {
  const { host, username, password, pathname, searchParams } = new URL(url)
  const protocol = searchParams.get('tls') === 'false' ? 'http' : 'https'
  return {
    client: new AwsClient({
      accessKeyId: decodeURIComponent(username),
      secretAccessKey: decodeURIComponent(password),
      service: 's3',
      region: searchParams.get('region') ?? 'us-east-1',
    }),
    address: `${protocol}://${host}${pathname.replace(/\/$/, '')}/`,
    closed: new AbortController(),
    log,
    waitMs,
  }
}

/** What was packed on the way is longer than it says. */
function bytesOf({ headers }: Response): number | undefined {
  const bytes = Number(headers.get('content-length') ?? Number.NaN)
  return Number.isSafeInteger(bytes) && !headers.has('content-encoding') ? bytes : undefined
}
