/** A finished answer: its bytes as they are and packed, what tells it from others, and its headers. */
import { hash } from 'node:crypto'
import type { RequestMeter } from '#platform/metrics'
import { packedIfWorthIt } from '../compress.ts'
import type { ShownPage } from '../track-requests.ts'

export type KeptAnswer = {
  etag: string
  contentType: string
  body: Buffer
  /** The same, gzipped; undefined where it is too small for that. */
  packed: Buffer | undefined
  /** What whoever reads it has looked at. */
  page: ShownPage | undefined
  /** The pattern of the route that made it. */
  route: string
  /** Where its readings are timed, as those of its route. */
  meter: RequestMeter
  /** Its requests are told by a UUID. */
  needsUuid: boolean
  /** A guest who reads it is told again by a cookie (SF-023); no cookie is kept with it. */
  beginsVisits: boolean
  heads: Record<'plain' | 'packed' | 'unchanged', string[]>
}

/** Whoever keeps it asks before each use whether it is still so: a change shows at the next read. */
export const CACHE_CONTROL = 'public, no-cache'
/** Headers, a few strings and their places in maps. */
const BYTES_BESIDE = 2048

/** `headers` are those that it carries beside its own. Packing happens off the event loop; `isPacked` says whether it is of use. */
export async function finishAnswer(
  payload: string | Buffer,
  contentType: string,
  {
    headers,
    isPacked,
    ...how
  }: { headers: Record<string, string>; isPacked: boolean } & Pick<
    KeptAnswer,
    'page' | 'route' | 'meter' | 'needsUuid' | 'beginsVisits'
  >,
): Promise<KeptAnswer> {
  const body = toOwnBytes(Buffer.from(payload))
  // A weak one: it stands for the packed bytes as well.
  const etag = `W/"${hash('sha256', body, 'base64url').slice(0, 32)}"`
  const packed = isPacked ? toOwnBytes(await packedIfWorthIt(body)) : undefined
  const shared = { ETag: etag, ...headers }
  const head = (own: Record<string, string>) => [
    ...['X-Request-ID', '', 'Cache-Control', CACHE_CONTROL],
    ...Object.entries({ ...own, ...shared }).flat(),
  ]
  const plain = head({ 'Content-Type': contentType, 'Content-Length': String(body.length) })
  const heads = {
    plain,
    packed: packed
      ? head({ 'Content-Type': contentType, 'Content-Length': String(packed.length), 'Content-Encoding': 'gzip' })
      : plain,
    unchanged: head({}),
  }
  return { etag, contentType, body, packed, heads, ...how }
}

/** A slice would hold on to the whole block that it was cut from. */
function toOwnBytes<Bytes extends Buffer | undefined>(slice: Bytes): Bytes {
  if (!slice) return slice
  const own = Buffer.allocUnsafeSlow(slice.length)
  own.set(slice)
  return own as Bytes
}

/** What it takes in memory, about. */
export function sizeOf({ body, packed }: KeptAnswer, key: string, tags: number): number {
  return body.length + (packed?.length ?? 0) + 2 * key.length + 150 * tags + BYTES_BESIDE
}

/** Whether `If-None-Match` names it: then the client has it already. */
export function isKnown(asked: string | undefined, etag: string): boolean {
  if (asked === undefined) return false
  if (asked === etag || asked.trim() === '*') return true
  const bare = etag.slice(2)
  return asked.split(',').some((each) => each.trim().replace(/^W\//, '') === bare)
}
