/** The text fields of a form as the values that a schema asks for. */
import type { TSchema } from 'typebox'
import { checkFields } from './validation.ts'

/** As they came: a text, or several where the field came more than once. */
export type TextFields = Record<string, string | string[]>

const YES = /^(true|yes|on|1)$/i
const NO = /^(false|no|off|0)$/i

/** Reads fields by the types of the schema and checks them. Refuses `invalid_fields`, as a JSON body would be. */
export function checkTexts(schema: TSchema, fields: TextFields): unknown {
  const { properties = {} } = schema as { properties?: Record<string, { type?: unknown }> }
  const read = Object.entries(fields).map(([name, text]) => [name, readText(properties[name]?.type, text)])
  return checkFields(schema, Object.fromEntries(read))
}

/** Numbers are read where they are checked. What is not of the type stays as it came, and is refused there. */
function readText(type: unknown, text: string | string[]): unknown {
  if (typeof text !== 'string') return text
  if (type === 'boolean') return YES.test(text) ? true : NO.test(text) ? false : text
  return type === 'array' ? readList(text) : text
}

/** `["a","b"]` or `a, b`. */
function readList(text: string): unknown {
  if (!text.trimStart().startsWith('['))
    return text
      .split(',')
      .map((word) => word.trim())
      .filter(Boolean)
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) && list.every((word) => typeof word === 'string' && !word.includes('\0')) ? list : text
  } catch {
    return text
  }
}
