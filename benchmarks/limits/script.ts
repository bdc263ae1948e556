/**
 * A deed of Souk as a script for the database alone: the statements that it sent once, with what differs from buyer to
 * buyer in place of the values of that one. Because they are recorded, the limit changes when the code does.
 */
import type { Statement } from '../record.ts'

export type Value =
  | { constant: unknown }
  | { variable: string }
  /** An array with variables in it. */
  | { elements: (number | { variable: string })[] }
export type Step = { text: string; values: Value[] }
/** `buyer` counts from 0. Each variable is worked out of it, in pgbench's words and in ours. */
export type Script = { steps: Step[]; variables: Variables }
export type Variables = Record<string, { expression: string; of: (buyer: number) => number }>

/** Values of the recorded deed that stand for variables: the name of the variable, and what it was. */
export type Roles = Record<string, unknown>

/**
 * Puts variables in place of values. Throws where one is not found: the code changed, and the roles have to follow it.
 * `isLeftOut` names statements that are not the deed's own, as the look at who is signed in.
 */
export function writeScript(
  recorded: Statement[],
  roles: Roles,
  variables: Variables,
  isLeftOut: (text: string) => boolean,
): Script {
  if (new Set(Object.values(roles)).size < Object.keys(roles).length) throw new Error('two roles have the same value')
  const found = new Set<string>()
  const find = (value: unknown) => {
    const variable = Object.keys(roles).find((name) => roles[name] === value)
    if (variable !== undefined) found.add(variable)
    return variable === undefined ? undefined : { variable }
  }
  const toValue = (value: unknown): Value => {
    if (!isNumbers(value)) return find(value) ?? { constant: value }
    const elements = value.map((element) => find(element) ?? element)
    return elements.some((element) => typeof element === 'object') ? { elements } : { constant: value }
  }
  const steps = recorded
    .filter(({ text }) => !isLeftOut(text))
    .map(({ text, values }) => ({ text, values: values.map(toValue) }))
  const lost = Object.keys(roles).filter((name) => !found.has(name))
  if (lost.length > 0) throw new Error(`no recorded statement has the ${lost}: adapt the roles in benchmarks/deeds.ts`)
  return { steps, variables }
}

const isNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.length > 0 && value.every((element) => typeof element === 'number')
