/** An expected "no", with a reason the caller can act on. Anything else thrown is a bug. */
export type RefusalKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'missing'
  | 'conflict'
  | 'limited'
  | 'unavailable'

export type RefusalDetails = {
  /** Which input was at fault: code per field. A surface phrases them; an array where several rules said no. */
  fields?: FieldCodes
  /** Seconds after which another try makes sense (kind `limited`). */
  retryAfterS?: number
  /** Values that a surface needs to phrase the reason ("Only 3 left"). */
  [value: string]: unknown
}

export type FieldCodes = Record<string, FieldProblem | FieldProblem[]>
/** A code alone, or a code with the values that its text needs. */
export type FieldProblem = string | { code: string; [value: string]: unknown }

export class Refusal extends Error {
  readonly kind: RefusalKind
  readonly code: string
  readonly details: RefusalDetails

  constructor(kind: RefusalKind, code: string, message: string, details: RefusalDetails = {}) {
    super(message)
    this.name = 'Refusal'
    this.kind = kind
    this.code = code
    this.details = details
  }
}

/** The input is at fault: one or more fields, each with its code. */
export function invalidFields(fields: FieldCodes): Refusal {
  return new Refusal('invalid', 'invalid_fields', `Invalid: ${Object.keys(fields).join(', ')}`, { fields })
}

/** What is not there, or may not be seen by this viewer: the two look the same. */
export function missing(noun: string): Refusal {
  return new Refusal('missing', `${noun}_not_found`, `No such ${noun}`)
}
