/** Takes a form off the wire, part by part, within limits. */
import type { IncomingMessage } from 'node:http'
import type { MultipartFile, MultipartValue } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { invalidFields, Refusal } from '#platform/refusal.ts'
import { BODY_BYTES_MAX, isStorable } from './bodies.ts'
import type { TextFields } from './form-fields.ts'

type Limits = { part: string; bytesMax: number; withinMs: number }
type TakeFile = (file: MultipartFile, fields: TextFields) => Promise<void>

const FIELDS_MAX = 50
const FIELD_NAME_MAX = 100
/** What parts a form; the parser would take one that is empty for the end of everything. */
const BOUNDARY = /;\s*boundary=("[^"]{1,200}"|[^\s;"]{1,200})/i
/** Whoever goes on sending what was refused is heard out this long, so that the answer is read. */
const HEAR_OUT_MS = 10_000

/** The text parts of a form; its file is handed to `takeFile` as it comes. */
export async function receiveForm(request: FastifyRequest, limits: Limits, takeFile: TakeFile): Promise<TextFields> {
  const fields: TextFields = {}
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(), limits.withinMs)
  try {
    // What is announced as too large is not even begun.
    if (Number(request.headers['content-length']) > limits.bytesMax + BODY_BYTES_MAX) throw tooLarge()
    if (!BOUNDARY.test(request.headers['content-type']!)) throw broken()
    await Promise.race([readParts(request, { ...limits, late: late.signal }, fields, takeFile), refusalOf(late.signal)])
    return fields
  } catch (error) {
    hearOut(request.raw)
    throw error
  } finally {
    clearTimeout(timer)
  }
}

type Reading = Limits & { late: AbortSignal }

async function readParts(request: FastifyRequest, limits: Reading, fields: TextFields, takeFile: TakeFile) {
  const parts = request.parts({
    limits: {
      fileSize: limits.bytesMax,
      files: 1,
      fields: FIELDS_MAX,
      parts: FIELDS_MAX + 1,
      fieldSize: BODY_BYTES_MAX,
      headerPairs: 20,
      headerSize: 16 * 1024,
    },
  })
  let room = BODY_BYTES_MAX
  for (;;) {
    const { value: part, done } = await parts.next().catch(refuseBroken)
    if (done) return
    if (part.type === 'field') {
      room -= keepField(fields, part)
      if (part.valueTruncated || room < 0) throw tooLarge()
    } else {
      limits.late.addEventListener('abort', () => part.file.destroy(tooSlow()))
      if (part.fieldname === limits.part) await takeFile(part, fields)
      // What was not wanted, or not read to its end, is passed over.
      for await (const _ of part.file.destroyed ? [] : piecesOf(part));
    }
  }
}

/** The pieces of a file. Refuses one that grows too large as soon as it does, and one that breaks off. */
export async function* piecesOf({ file }: MultipartFile): AsyncGenerator<Buffer> {
  // Its first piece may have been too much already.
  if (file.truncated) file.destroy(tooLarge())
  file.once('limit', () => file.destroy(tooLarge()))
  try {
    for await (const piece of file) yield piece as Buffer
  } catch (error) {
    refuseBroken(error)
  }
}

/** A field that comes again is a list. Returns the bytes of its text. */
function keepField(fields: TextFields, { fieldname: name, value }: MultipartValue): number {
  if (typeof name !== 'string' || name.length > FIELD_NAME_MAX || typeof value !== 'string') throw broken()
  if (!isStorable(name) || !isStorable(value))
    throw invalidFields({ [isStorable(name) ? name : 'non_field_errors']: 'bad_characters' })
  const known = fields[name]
  fields[name] = known === undefined ? value : [known, value].flat()
  return Buffer.byteLength(value)
}

const tooLarge = () => new Refusal('invalid', 'body_too_large', 'The form is too large')
const broken = () => new Refusal('invalid', 'form_broken', 'The form cannot be read')
const tooSlow = () => new Refusal('invalid', 'upload_too_slow', 'The form did not arrive in time')

/** What the parser says: a limit, or a form that is none. */
function refuseBroken(error: unknown): never {
  if (error instanceof Refusal) throw error
  throw (error as { statusCode?: number }).statusCode === 413 ? tooLarge() : broken()
}

function refusalOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, refuse) => {
    signal.addEventListener('abort', () => {
      refuse(tooSlow())
    })
  })
}

/** The rest of the request is thrown away: a client that is still sending would not see its answer. */
function hearOut(raw: IncomingMessage): void {
  if (raw.readableEnded || raw.destroyed) return
  raw.unpipe()
  raw.resume()
  const cut = setTimeout(() => raw.destroy(), HEAR_OUT_MS).unref()
  raw.once('close', () => clearTimeout(cut))
}
