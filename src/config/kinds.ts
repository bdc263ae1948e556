/** What a variable may be: how its text is read, and what is said of one that cannot be. */
import { readRate } from '#platform/rate.ts'

export type Variable<Value> = { fallback: string; meaning: string; read: (text: string) => Value }

export const text = (fallback: string, meaning: string): Variable<string> => ({
  fallback,
  meaning,
  read: (value) => value,
})
export const optional = (meaning: string, beginning?: string): Variable<string | undefined> => ({
  fallback: '',
  meaning,
  read: (value) => {
    if (value && beginning && !new RegExp(`^${beginning}s?://.`).test(value))
      throw new Error(`must begin with ${beginning}://`)
    return value || undefined
  },
})
/** Text that must look like something, where it is given at all. */
export const shaped = (fallback: string, meaning: string, shape: RegExp, must: string): Variable<string> => ({
  fallback,
  meaning,
  read: (value) => {
    if (value && !shape.test(value)) throw new Error(must)
    return value
  },
})
export const webAddress = (fallback: string, meaning: string): Variable<string> => ({
  fallback,
  meaning,
  read: (value) => {
    if (value && !(URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)))
      throw new Error('must look like https://shop.example.com')
    return value
  },
})
export const path = (fallback: string, meaning: string): Variable<string> =>
  shaped(fallback, meaning, /^\/\S*$/, 'must begin with /')
/** A rate as it is written, where it is given at all. */
export const rate = (meaning: string): Variable<string> => ({
  fallback: '',
  meaning,
  read: (value) => {
    if (value) readRate(value)
    return value
  },
})
export const YES_OR_NO = /^(true|false|1|0|yes|no)$/i
export const flag = (fallback: boolean, meaning: string): Variable<boolean> => ({
  fallback: String(fallback),
  meaning,
  read: (value) => {
    if (!YES_OR_NO.test(value)) throw new Error('must be true or false')
    return isYes(value)
  },
})
export const isYes = (value: string) => ['true', '1', 'yes'].includes(value.toLowerCase())
export const port = (fallback: number, meaning: string): Variable<number> => ({
  fallback: String(fallback),
  meaning,
  read: (value) => {
    if (!/^\d{1,5}$/.test(value) || Number(value) > 65_535) throw new Error('must be a port: a number up to 65535')
    return Number(value)
  },
})
export const number = (fallback: number, meaning: string, min = 0): Variable<number> => ({
  fallback: String(fallback),
  meaning,
  read: (value) => {
    const read = Number(value)
    if (!Number.isFinite(read) || read < min) throw new Error(`must be a number of at least ${min}`)
    return read
  },
})
export const list = (fallback: string, meaning: string): Variable<string[]> => ({
  fallback,
  meaning,
  read: (value) =>
    value
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
})
export const choice = <Choice extends string>(
  choices: readonly Choice[],
  fallback: Choice,
  meaning: string,
): Variable<Choice> => ({
  fallback,
  meaning: `${meaning} (${choices.join(', ')})`,
  read: (value) => {
    if (!choices.includes(value as Choice)) throw new Error(`must be one of ${choices.join(', ')}`)
    return value as Choice
  },
})
