/** At most `hits` in `windowMs`. */
export type Rate = { hits: number; windowMs: number }

const UNITS: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** Reads `100/hour`, `10/min`, `5/s`; `off` is undefined. Throws what it must look like for anything else. */
export function readRate(setting: string): Rate | undefined {
  if (/^(off|none|0|false)$/i.test(setting)) return undefined
  const match = /^(\d{1,9})\s*\/\s*(s|m|h|d)[a-z]*$/i.exec(setting)
  if (!match) throw new Error('must look like 100/hour, 10/min or off')
  return { hits: Number(match[1]), windowMs: UNITS[match[2]!.toLowerCase()]! }
}
