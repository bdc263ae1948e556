/** How the shared paths say no: with the keys of both documents, and the storefront's texts where it has some (MP-050). */
import { type Static, Type } from 'typebox'
import type { Refusal } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import { Err } from '../http/envelope.ts'
import { phraseInEnvelope } from '../http/envelope-refusals.ts'
import { type Phrase, sharedPhrases } from '../http/phrases.ts'
import type { Phrasing } from '../http/refusal-answers.ts'
import { AnyObject } from '../http/wire.ts'
import { BAD_TOKEN } from '../storefront/refusals.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Texts that this route has for these codes, where it says otherwise than the shared paths do. */
    words?: Record<string, string>
  }
}

export const Fault = Type.Object(
  {
    ...Err.properties,
    messages: Type.Optional(Type.Array(AnyObject, { description: 'with a token that is not valid' })),
  },
  { title: 'SharedPathError' },
)

const phrases: Record<string, Phrase> = {
  ...sharedPhrases,
  invalid_fields: { text: 'Validation failed.' },
  product_not_found: { text: 'Product not found.' },
  foreign_product: { text: 'You do not have permission to perform this action.' },
  insufficient_stock: { text: 'Insufficient stock.', status: 400, tells: { available: 'available' } },
}

/** Puts refusals into the words and the body of the shared paths. */
export const phraseForUnion = (app: App): Phrasing => {
  const inEnvelope = phraseInEnvelope(app, (refusal, request) => {
    const own = request.routeOptions.config.words?.[refusal.code]
    return own === undefined ? phraseOf(refusal) : { text: own }
  })
  return (refusal, request) => {
    const { status, body } = inEnvelope(refusal, request)
    // Whatever became of its session, a token that is no longer good is told alike (SF-008).
    const isBadToken = refusal.kind === 'unauthenticated' && refusal.code !== 'not_authenticated'
    const told = isBadToken ? { ...body, error: BAD_TOKEN.detail, ...BAD_TOKEN } : body
    return { status, body: told satisfies Partial<Static<typeof Fault>> }
  }
}

function phraseOf({ kind, code, message }: Refusal): Phrase {
  return phrases[code] ?? { text: kind === 'missing' ? 'Not found.' : `${message}.` }
}
