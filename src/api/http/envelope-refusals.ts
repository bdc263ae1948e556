/** How a refusal stands in the envelope of the marketplace (MP-002, MP-006). */
import { type FieldCodes, invalidFields, Refusal } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import { identify } from './envelope.ts'
import { phraseFields, say } from './field-texts.ts'
import { factsOf, type Phrase } from './phrases.ts'
import { type Answer, type Phrasing, statusOf } from './refusal-answers.ts'

/** The answers that say their sentence in `detail` again. */
const SAID_TWICE = [401, 403, 404, 405, 429]

/** Puts refusals into the envelope, in the words that `phraseOf` has for them. */
export const phraseInEnvelope =
  (app: App, phraseOf: (refusal: Refusal, request: Parameters<Phrasing>[1]) => Phrase): Phrasing =>
  (refusal, request): Answer => {
    const phrase = phraseOf(refusal, request)
    const status = phrase.status ?? statusOf[refusal.kind]
    const error = say(phrase.text, refusal.details)
    const body = {
      error,
      details: { ...(phrase.isAlone ? {} : phraseFields(fieldsOf(refusal))), ...factsOf(phrase, refusal.details) },
      status,
      timestamp: app.now().toISOString(),
      request_id: identify(request),
      ...(SAID_TWICE.includes(status) ? { detail: error } : {}),
      ...(phrase.place === 'detail_with_code' ? { code: phrase.code ?? refusal.code } : {}),
    }
    return { status, body }
  }

const fieldsOf = ({ code, details }: Refusal): FieldCodes =>
  code === 'body_not_object' ? { non_field_errors: 'body_not_object' } : (details.fields ?? {})

/** A refusal whose fields are called otherwise in this route; anything else as it is. */
export function renameFields(error: unknown, names: Record<string, string>): unknown {
  if (!(error instanceof Refusal) || !error.details.fields) return error
  return invalidFields(
    Object.fromEntries(Object.entries(error.details.fields).map(([field, fault]) => [names[field] ?? field, fault])),
  )
}
