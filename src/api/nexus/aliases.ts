/** Keys that the document leaves open (NX-010, NX-020, NX-065): a route names one, and reads it from other names too. */
import type { FastifyReply, FastifyRequest } from 'fastify'

/** The main key, and under which others it may come. */
type Aliases = Record<string, string[]>

export const ALIASES_OF_CODE: Aliases = { otp: ['otp_code', 'code'] }

/** To be a route's `preValidation`: the schema and the document know the main keys alone. */
export const readAliases =
  (aliases: Aliases) =>
  (request: FastifyRequest, _reply: FastifyReply, done: () => void): void => {
    request.body = renameAliases(request.body, aliases)
    done()
  }

/** The body with the main keys; one that came under its own name stays. What is no object stays what it is. */
function renameAliases(body: unknown, aliases: Aliases): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body
  const renamed: Record<string, unknown> = { ...body }
  for (const [key, others] of Object.entries(aliases)) {
    const found = [key, ...others].find((name) => Object.hasOwn(renamed, name))
    if (found !== undefined) renamed[key] = renamed[found]
  }
  return renamed
}
