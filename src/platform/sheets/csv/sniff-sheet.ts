/** What a file is, by its first bytes. */
import { isUtf8 } from 'node:buffer'
import { notASheet, notUtf8, sheetEmpty } from '../refusals.ts'

/** How a CSV is written: the byte between its cells, and where its text begins. */
export type CsvForm = { delimiter: number; start: number }

const COMMA = 0x2c
const QUOTE = 0x22
const delimiters = [COMMA, 0x3b, 0x09]
const ends = [0x0a, 0x0d]
/** Texts that are of another kind: PDF, XML, HTML, JSON. */
const otherText = /^\s*(?:%PDF-|<[?!a-z]|[[{]\s*["{[])/i

/** Refuses what is neither (`not_a_sheet`), nothing at all (`sheet_empty`), and text of another encoding. */
export function sniffSheet(head: Buffer): 'xlsx' | CsvForm {
  if (head.length === 0) throw sheetEmpty()
  if (head.subarray(0, 4).equals(Buffer.from('PK\x03\x04'))) return 'xlsx'
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) throw notUtf8({})
  if (head.includes(0) || otherText.test(head.toString('latin1', 0, 200))) throw notASheet()
  const start = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0
  if (looksBinary(head)) throw notASheet()
  return { start, delimiter: delimiterOf(head.subarray(start)) }
}

/** Text of another encoding has single bytes that are no UTF-8; a picture or a sound has little else. */
function looksBinary(head: Buffer): boolean {
  if (isUtf8(head)) return false
  const odd = head.filter((byte) => byte < 0x20 && byte !== 0x09 && !ends.includes(byte))
  return odd.length > head.length / 50
}

/** The one of comma, semicolon and tab that the header has outside of quotes; of several, or none, the comma. */
function delimiterOf(text: Buffer): number {
  const found = new Set<number>()
  let isQuoted = false
  let isBegun = false
  for (const byte of text) {
    if (byte === QUOTE) isQuoted = !isQuoted
    else if (isQuoted) continue
    else if (delimiters.includes(byte)) found.add(byte)
    else if (ends.includes(byte) && isBegun) break
    isBegun ||= !ends.includes(byte)
  }
  return found.size === 1 ? [...found][0]! : COMMA
}
