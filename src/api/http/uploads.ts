/**
 * Forms that bring a file (multipart/form-data). Only the routes within `takingForms` take them; elsewhere they are 415.
 * A route asks for its form once it knows that the caller may send one: until then nothing of it is read.
 */
import { buffer } from 'node:stream/consumers'
import multipart, { type MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { type Static, type TSchema, Type } from 'typebox'
import { openSlots } from '#platform/slots.ts'
import { checkTexts, type TextFields } from './form-fields.ts'
import { piecesOf, receiveForm } from './receive-form.ts'
import type { Server } from './server.ts'
import { checkBody } from './validation.ts'

const MIB = 1024 * 1024
export const UPLOAD_BYTES_MAX = 10 * MIB
const STREAMED_BYTES_MAX = 100 * MIB
/** What is held in memory of all forms together; whoever comes then waits, and sends on when there is room. */
const held = openSlots(8 * UPLOAD_BYTES_MAX)
const FORM_WITHIN_MS = 120_000
const STREAM_WITHIN_MS = 15 * 60_000

/** What is done once a request is over, by request. */
const leftovers = new WeakMap<FastifyRequest, { isOver: boolean; giveBack: () => void }>()

/** Registers routes that take forms as well as JSON. */
export async function takingForms(server: Server, routes: (scope: Server) => void): Promise<void> {
  await server.register(async (scope) => {
    await scope.register(multipart)
    scope.addHook('onRequest', (request, reply, done) => {
      const left = { isOver: false, giveBack: () => {} }
      leftovers.set(request, left)
      for (const end of ['finish', 'close']) {
        reply.raw.once(end, () => {
          left.isOver = true
          left.giveBack()
        })
      }
      done()
    })
    routes(scope as unknown as Server)
  })
}

/** For the `schema.body` of a route: JSON of this shape, or a form that has a file as `part` as well. */
export function formOrJson<Schema extends TSchema & { properties: Record<string, TSchema> }>(
  schema: Schema,
  part: string,
) {
  const file = Type.Unsafe<Buffer>({ type: 'string', format: 'binary' })
  const { title } = schema as { title?: string }
  const form = {
    ...schema,
    properties: { ...schema.properties, [part]: file },
    ...(title ? { title: `${title}Form` } : {}),
  }
  return { content: { 'application/json': { schema }, 'multipart/form-data': { schema: form } } }
}

export type Form<Fields> = { fields: Fields; file: Buffer | undefined }
type Wanted = { part: string; bytesMax?: number }

/**
 * The fields and the file of a request, which may be JSON too: then there is no file. Fields are checked against the
 * schema; of a form "true" is true and "5" is 5 where it asks for such, and a list is JSON, words with commas, or the
 * field more than once. The file, of at most `bytesMax` (10 MiB), is the part of that name; files in others are passed
 * over. Refuses fields at fault, what is too large (`body_too_large`), a form that cannot be read (`form_broken`) or does
 * not arrive within two minutes (`upload_too_slow`).
 */
export async function readForm<Schema extends TSchema>(
  request: FastifyRequest,
  schema: Schema,
  { part, bytesMax = UPLOAD_BYTES_MAX }: Wanted,
): Promise<Form<Static<Schema>>> {
  if (!request.isMultipart()) return { fields: checkBody(schema, request.body) as Static<Schema>, file: undefined }
  await hold(request, bytesMax)
  let file: Buffer | undefined
  const limits = { part, bytesMax, withinMs: FORM_WITHIN_MS }
  const fields = await receiveForm(request, limits, async (sent) => {
    const bytes = await buffer(piecesOf(sent))
    // A browser sends a file input that was left empty as a file without a name.
    if (bytes.length > 0 || sent.filename) file = bytes
  })
  return { fields: checkTexts(schema, fields) as Static<Schema>, file }
}

/** Waits until there is room for so much, which is given back when the request is over. */
async function hold(request: FastifyRequest, bytes: number): Promise<void> {
  const left = leftovers.get(request)!
  const giveBack = await held.take(bytes)
  if (left.isOver) giveBack()
  else left.giveBack = giveBack
}

/**
 * Hands a large file to `take` as it arrives, piece by piece; nothing of it is held. `fields` is what came before the
 * file; all that came stands in the result. What `take` throws is thrown. Refuses as `readForm` does, within `take` where
 * it reads, and a form without the file (`file_missing`).
 */
export async function streamFile<Result>(
  request: FastifyRequest,
  { part, bytesMax = STREAMED_BYTES_MAX }: Wanted,
  take: (pieces: AsyncIterable<Buffer>, fields: Readonly<TextFields>) => Promise<Result>,
): Promise<{ fields: TextFields; taken: Result | undefined }> {
  let taken: Result | undefined
  const limits = { part, bytesMax, withinMs: STREAM_WITHIN_MS }
  const fields = await receiveForm(request, limits, async (sent: MultipartFile, fields) => {
    taken = await take(piecesOf(sent), fields)
  })
  return { fields, taken }
}
