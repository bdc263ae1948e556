/**
 * A storage for tests that speaks the HTTP of S3 as it is documented: one bucket, path style. It believes nobody whose
 * signature (version 4) or digest of the body is not right.
 */
import assert from 'node:assert/strict'
import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

export const KEY = 'AKIDEXAMPLE'
export const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'
const BUCKET = 'pictures'
const REGION = 'eu-central-1'

type Kept = { bytes: Buffer; headers: Record<string, string | undefined> }
/** What it does instead of its work, a request each. */
type Trouble = (request: IncomingMessage, response: ServerResponse) => void
export type S3Double = {
  /** As FILES_URL says it. */
  url: string
  objects: Map<string, Kept>
  /** Method and path of each request. */
  asked: string[]
  troubles: Trouble[]
  close(): Promise<void>
}

export async function openS3Double(): Promise<S3Double> {
  const objects = new Map<string, Kept>()
  const asked: string[] = []
  const troubles: Trouble[] = []
  const server = createServer(async (request, response) => {
    asked.push(`${request.method} ${request.url}`)
    const trouble = troubles.shift()
    const body = await buffer(request).catch(() => Buffer.alloc(0))
    if (trouble) return trouble(request, response)
    const wrong = findWrong(request, body)
    if (wrong) refuse(response, 403, wrong)
    else work(objects, request, response, body)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const credentials = `${KEY}:${encodeURIComponent(SECRET)}`
  return {
    url: `s3://${credentials}@127.0.0.1:${port}/${BUCKET}?region=${REGION}&tls=false`,
    objects,
    asked,
    troubles,
    close: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

function work(objects: S3Double['objects'], request: IncomingMessage, response: ServerResponse, body: Buffer): void {
  const { method, url = '', headers } = request
  const [, bucket, ...rest] = url.split('?')[0]!.split('/')
  const key = rest.join('/')
  const found = objects.get(key)
  if (bucket !== BUCKET) refuse(response, 404, 'NoSuchBucket', method)
  else if (key === '') response.writeHead(200, { 'content-type': 'application/xml' }).end('<ListBucketResult/>')
  else if (method === 'PUT' && headers['content-length'] === undefined) refuse(response, 411, 'MissingContentLength')
  else if (method === 'PUT') {
    const { 'content-type': type, 'cache-control': cache } = headers
    objects.set(key, { bytes: body, headers: { 'content-type': type, 'cache-control': cache } })
    response.writeHead(200, { etag: '"x"' }).end()
  } else if (method === 'DELETE') {
    objects.delete(key)
    response.writeHead(204).end()
  } else if (!found) refuse(response, 404, 'NoSuchKey', method)
  else {
    response.writeHead(200, { ...found.headers, 'content-length': found.bytes.length })
    response.end(method === 'HEAD' ? undefined : found.bytes)
  }
}

export function refuse(response: ServerResponse, status: number, code: string, method = 'GET'): void {
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>No.</Message></Error>`
  response.writeHead(status, { 'content-type': 'application/xml' }).end(method === 'HEAD' ? undefined : xml)
}

const sha256 = (text: string | Buffer) => createHash('sha256').update(text).digest('hex')
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()
const SCHEME =
  /^AWS4-HMAC-SHA256 Credential=([^,/]+)\/(\d{8})\/([^,/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/

/** The code of S3 for what is wrong about a request, if anything is. */
function findWrong({ method, url, headers }: IncomingMessage, body: Buffer): string | undefined {
  const [, key, day, region, signed, signature] = SCHEME.exec(headers.authorization ?? '') ?? []
  if (!signed) return 'AccessDenied'
  if (key !== KEY) return 'InvalidAccessKeyId'
  if (region !== REGION) return 'AuthorizationHeaderMalformed'
  const date = String(headers['x-amz-date'])
  const [, y, m, d, h, min, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? []
  const at = Date.parse(`${y}-${m}-${d}T${h}:${min}:${s}Z`)
  if (!(Math.abs(Date.now() - at) < 15 * 60_000) || !date.startsWith(day!)) return 'RequestTimeTooSkewed'
  const digest = String(headers['x-amz-content-sha256'])
  if (digest !== 'UNSIGNED-PAYLOAD' && digest !== sha256(body)) return 'XAmzContentSHA256Mismatch'
  if (body.length > 0) assert.notEqual(digest, 'UNSIGNED-PAYLOAD', 'what is kept is sent with its digest')
  const names = signed.split(';')
  if (!['host', 'x-amz-content-sha256', 'x-amz-date'].every((name) => names.includes(name))) return 'AccessDenied'
  const [path = '', query = ''] = url!.split('?')
  const canonical = [
    method,
    path,
    query.split('&').sort().join('&'),
    ...names.map(
      (name) =>
        `${name}:${String(headers[name] ?? '')
          .trim()
          .replace(/\s+/g, ' ')}`,
    ),
    '',
    signed,
    digest,
  ].join('\n')
  const scope = `${day}/${region}/s3/aws4_request`
  const text = ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n')
  const signingKey = [day!, region, 's3', 'aws4_request'].reduce<Buffer | string>(hmac, `AWS4${SECRET}`)
  return hmac(signingKey, text).toString('hex') === signature ? undefined : 'SignatureDoesNotMatch'
}
