/** The texts of a workbook: each stands once in a table that may go over many records, and cells name its place. */
import { RECORD_MAX, record } from './records.ts'

/** What a cell of Excel holds. */
const TEXT_MAX = 32_767
const TABLE = 0x00fc
const CONTINUED = 0x003c

export type SharedTexts = {
  /** The place of this text; one that is too long for a cell is cut. */
  placeOf(text: string): number
  records(): Buffer[]
}

export function openSharedTexts(): SharedTexts {
  const places = new Map<string, number>()
  let used = 0
  return {
    placeOf: (text) => {
      used += 1
      const cut = text.slice(0, TEXT_MAX)
      const known = places.get(cut)
      if (known !== undefined) return known
      places.set(cut, places.size)
      return places.size - 1
    },
    records: () => tableOf(places.keys(), used, places.size),
  }
}

/** The beginning of a text is never parted; what follows of it may go on in the next record, which says again how wide it is. */
function tableOf(texts: Iterable<string>, used: number, count: number): Buffer[] {
  const records: Buffer[] = []
  let page = Buffer.alloc(RECORD_MAX)
  page.writeUInt32LE(used, 0)
  page.writeUInt32LE(count, 4)
  let at = 8
  const turn = () => {
    records.push(record(records.length === 0 ? TABLE : CONTINUED, page.subarray(0, at)))
    page = Buffer.alloc(RECORD_MAX)
    at = 0
  }
  for (const text of texts) {
    const { flag, width, encoding } = widthOf(text)
    if (RECORD_MAX - at < 3 + width) turn()
    at = page.writeUInt16LE(text.length, at)
    at = page.writeUInt8(flag, at)
    for (let from = 0; from < text.length; ) {
      if (RECORD_MAX - at < 1 + width) {
        turn()
        at = page.writeUInt8(flag, at)
      }
      const until = Math.min(text.length, from + Math.floor((RECORD_MAX - at) / width))
      at += page.write(text.slice(from, until), at, encoding)
      from = until
    }
  }
  turn()
  return records
}

/** Western texts take a byte a character, all others two. */
function widthOf(text: string): { flag: number; width: number; encoding: 'latin1' | 'utf16le' } {
  const isWestern = /^[\0-\xff]*$/.test(text)
  return isWestern ? { flag: 0, width: 1, encoding: 'latin1' } : { flag: 1, width: 2, encoding: 'utf16le' }
}
