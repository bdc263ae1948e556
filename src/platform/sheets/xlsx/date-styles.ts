/** Which cell styles show a number as a date or a time of day. All else about styles is ignored. */
import type { Zip } from './open-zip.ts'
import { readXml } from './read-xml.ts'

/** Bytes of the part; workbooks that were pasted together for years have some ten million. */
const STYLES_BYTES = 32 * 2 ** 20

export type DateKind = 'date' | 'time'

/** Formats without a text of their own in the file, by number; 27 and up are those of East Asia. */
const builtIn: [from: number, to: number, kind: DateKind][] = [
  [14, 17, 'date'],
  [18, 21, 'time'],
  [22, 22, 'date'],
  [27, 31, 'date'],
  [32, 35, 'time'],
  [36, 36, 'date'],
  [45, 45, 'time'],
  [47, 47, 'time'],
  [50, 58, 'date'],
]

/** By the number of a style: what it makes of a number, if anything. */
export async function readDateStyles(zip: Zip, part: string): Promise<(DateKind | undefined)[]> {
  const formats = new Map<number, string>()
  const styles: (DateKind | undefined)[] = []
  let isInCells = false
  const tags = readXml<never>(zip.read(part, STYLES_BYTES), () => ({
    open(name, attributes) {
      if (name === 'numFmt') formats.set(Number(attributes.numFmtId), attributes.formatCode ?? '')
      if (name === 'cellXfs') isInCells = true
      if (name === 'xf' && isInCells) styles.push(kindOf(Number(attributes.numFmtId), formats))
    },
    close(name) {
      if (name === 'cellXfs') isInCells = false
    },
  }))
  for await (const _ of tags);
  return styles
}

function kindOf(format: number, formats: Map<number, string>): DateKind | undefined {
  const code = formats.get(format)
  return code === undefined ? builtIn.find(([from, to]) => format >= from && format <= to)?.[2] : kindOfCode(code)
}

/** What Excel allows; matching a much longer one would take long. */
const CODE_LENGTH_MAX = 255

/**
 * Reads a format such as `[$-409]d. mmmm yyyy;@`: letters outside of quotes and brackets stand for parts of a date.
 * Hours that are counted past a day (`[h]:mm`) are an amount and no time.
 */
export function kindOfCode(code: string): DateKind | undefined {
  if (code.length > CODE_LENGTH_MAX || /\[(?:h+|m+|s+)\]/i.test(code)) return undefined
  const letters = code
    .replace(/"[^"]*"|\\.|_.|\*./gs, '')
    .replace(/\[[^\]]*\]/g, '')
    .split(';')[0]!
    .toLowerCase()
  if (/general/.test(letters)) return undefined
  if (/[yd]/.test(letters)) return 'date'
  if (/[hs]/.test(letters)) return 'time'
  return letters.includes('m') ? 'date' : undefined
}
