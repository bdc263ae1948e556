import { Refusal } from '#platform/refusal.ts'

/** Says at the command line what was refused and why. What is no refusal is passed on as it is. */
export function explainRefusal(what: string, error: unknown): unknown {
  if (!(error instanceof Refusal)) return error
  const { fields } = error.details
  if (!fields) return new Error(`${what}: ${error.message}.`)
  const reasons = Object.entries(fields).map(
    ([field, problems]) => `${field}: ${[problems].flat().map(toCode).join(', ')}`,
  )
  return new Error(`${what} (${reasons.join('; ')}).`)
}

const toCode = (problem: string | { code: string }) => (typeof problem === 'string' ? problem : problem.code)
