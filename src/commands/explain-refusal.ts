import { type FieldProblem, Refusal } from '#platform/refusal.ts'

/** What was wrong with a name of an account, in words that stand for themselves. */
const words: Record<string, string> = {
  not_email: 'that is no e-mail address',
  email_taken: 'an account with this e-mail exists',
  username_invalid: 'a username has only letters, digits and the characters @ . + - _',
  username_taken: 'an account with this username exists',
  phone_invalid: 'that is no phone number',
  phone_taken: 'an account with this phone exists',
}

/** Says at the command line what was refused and why, in one sentence. What is no refusal is passed on as it is. */
export function explainRefusal(what: string, error: unknown): unknown {
  if (!(error instanceof Refusal)) return error
  return new Error(`${what}: ${reasonsOf(error).join('; ')}.`)
}

function reasonsOf({ message, details }: Refusal): string[] {
  if (!details.fields) return [message.charAt(0).toLowerCase() + message.slice(1)]
  return Object.entries(details.fields).flatMap(([field, problems]) =>
    [problems].flat().map((problem) => words[toCode(problem)] ?? `${field}: ${toCode(problem)}`),
  )
}

const toCode = (problem: FieldProblem) => (typeof problem === 'string' ? problem : problem.code)
