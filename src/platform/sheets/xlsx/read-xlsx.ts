import type { FileHandle } from 'node:fs/promises'
import type { SheetLimits } from '../limits.ts'
import type { SheetRow } from '../read-sheet.ts'
import { unpacksTooLarge } from '../refusals.ts'
import { type CellContext, ESCAPED_MAX, unescapeText } from './cell-value.ts'
import { readDateStyles } from './date-styles.ts'
import { openZip, type Zip } from './open-zip.ts'
import { readXml } from './read-xml.ts'
import { visitRows } from './sheet-rows.ts'
import { openStringStore, type StringStore } from './string-store.ts'
import { findWorkbook } from './workbook.ts'

/** The rows of the first sheet; those left out in the file are left out here. */
export async function* readXlsx(
  file: FileHandle,
  size: number,
  limits: SheetLimits,
  onRead: (share: number) => void,
): AsyncGenerator<SheetRow> {
  const zip = await openZip(file, size, limits)
  const { sheet, strings: stringsPart, styles, isFrom1904 } = await findWorkbook(zip)
  const strings = openStringStore()
  try {
    if (stringsPart) await readSharedStrings(zip, stringsPart, limits.maxCellLength, strings)
    const context: CellContext = { strings, dateStyles: styles ? await readDateStyles(zip, styles) : [], isFrom1904 }
    const part = counted(zip.read(sheet), zip.sizeOf(sheet) ?? 0, onRead)
    yield* readXml<SheetRow>(part, (found) => visitRows(context, limits, found))
  } finally {
    strings.close()
  }
}

/** Three for each of half a million rows, and then some. */
const STRINGS_MAX = 2_000_000

/** A string is kept to one character more than a cell may have: it may belong to another sheet, and do no harm. */
async function readSharedStrings(zip: Zip, part: string, maxCellLength: number, strings: StringStore): Promise<void> {
  let text = ''
  let isText = false
  let isInReading = false
  const texts = readXml<string>(zip.read(part), (found) => ({
    open(name) {
      if (name === 'si') text = ''
      else if (name === 'rPh') isInReading = true
      else if (name === 't') isText = !isInReading
    },
    text(more) {
      if (isText && text.length <= maxCellLength * ESCAPED_MAX) text += more
    },
    close(name) {
      if (name === 'si') found(unescapeText(text).slice(0, maxCellLength + 1))
      else if (name === 'rPh') isInReading = false
      else if (name === 't') isText = false
    },
  }))
  let count = 0
  for await (const each of texts) {
    count++
    if (count > STRINGS_MAX) throw unpacksTooLarge()
    strings.add(each)
  }
}

async function* counted(part: AsyncIterable<Buffer>, size: number, onRead: (share: number) => void) {
  let bytes = 0
  for await (const chunk of part) {
    yield chunk
    bytes += chunk.length
    onRead(bytes / size)
  }
}
