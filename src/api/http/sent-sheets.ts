/** A sheet that comes in a form, as the part `file`. */
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { invalidFields } from '#platform/refusal.ts'
import { streamFile } from './uploads.ts'

const PART = 'file'
export const SHEET_BYTES_MAX = 64 * 1024 * 1024

/** For the `schema.body` of the route. */
export const SheetForm = {
  content: {
    'multipart/form-data': {
      schema: Type.Object(
        { [PART]: Type.Unsafe<Buffer>({ type: 'string', format: 'binary', description: 'CSV or .xlsx' }) },
        { title: 'SheetForm' },
      ),
    },
  },
}

/** Hands the file of a form on as it arrives. Refuses a form without one (`file`: required), and as streamFile does. */
export async function takeSheet<Result>(
  request: FastifyRequest,
  take: (pieces: AsyncIterable<Buffer>) => Promise<Result>,
): Promise<Result> {
  if (!request.isMultipart()) throw invalidFields({ [PART]: 'required' })
  let result: { taken: Result } | undefined
  await streamFile(request, { part: PART, bytesMax: SHEET_BYTES_MAX }, async (pieces) => {
    result = { taken: await take(pieces) }
  })
  if (!result) throw invalidFields({ [PART]: 'required' })
  return result.taken
}
