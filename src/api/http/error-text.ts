const TEXT_MAX = 500

/** What an answer says that is a refusal, in one text (SF-419); undefined where it says nothing. */
export function errorTextOf(payload: unknown): string | undefined {
  if (typeof payload !== 'string') return undefined
  try {
    return firstText(JSON.parse(payload))?.toWellFormed().replaceAll('\0', '').slice(0, TEXT_MAX)
  } catch {
    return undefined
  }
}

/** What documents call it, in this order; else whatever text comes first. */
const KEYS = ['error', 'detail', 'message', 'details', 'errors']

function firstText(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null) return undefined
  const held = value as Record<string, unknown>
  for (const key of [...KEYS.filter((name) => Object.hasOwn(held, name)), ...Object.keys(held)]) {
    const text = firstText(held[key])
    if (text) return text
  }
  return undefined
}
