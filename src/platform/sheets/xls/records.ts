/** What a .xls consists of: records of a type, a length and so many bytes ([MS-XLS], BIFF8). */

/** The most that a record holds. */
export const RECORD_MAX = 8224
/** The look of a cell: the one that is defined after the fifteen that a workbook begins with. */
const PLAIN = 15
const VERSION = 0x0600

export function record(type: number, content: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt16LE(type, 0)
  head.writeUInt16LE(content.length, 2)
  return Buffer.concat([head, content])
}

/** Numbers of two bytes. */
const words = (...values: number[]): Buffer => Buffer.from(Uint16Array.from(values).buffer)
const begin = (what: number) => record(0x0809, words(VERSION, what, 0x0dbb, 0x07cc, 0x0041, 0, 0x0006, 0))
const END = record(0x000a)

/** The part of the workbook as a whole, before its one sheet: fonts, looks, the sheet's name, and all texts. */
export function workbookRecords(sheetName: string, texts: Buffer[]): Buffer[] {
  const before = [
    begin(0x0005),
    // Texts are UTF-16.
    record(0x0042, words(1200)),
    record(0x003d, words(0, 0, 0x4000, 0x2000, 0x0038, 0, 0, 1, 0x0258)),
    ...Array.from({ length: 5 }, () => record(0x0031, font('Arial'))),
    ...Array.from({ length: 15 }, () => record(0x00e0, words(0, 0, 0xfff5, 0x0020, 0, 0, 0, 0, 0, 0x20c0))),
    record(0x00e0, words(0, 0, 0x0001, 0x0020, 0, 0, 0, 0, 0, 0x20c0)),
    // The first look is called Normal.
    record(0x0293, Buffer.from([0x00, 0x80, 0x00, 0xff])),
  ]
  const bytes = [...before, ...texts, END].reduce((sum, { length }) => sum + length, 0)
  const name = shortText(sheetName)
  const sheet = Buffer.alloc(6)
  sheet.writeUInt32LE(bytes + 4 + sheet.length + name.length)
  return [...before, record(0x0085, Buffer.concat([sheet, name])), ...texts, END]
}

/** What a sheet begins with. */
export function sheetStart(rows: number, columns: number): Buffer[] {
  const size = Buffer.alloc(14)
  size.writeUInt32LE(rows, 4)
  size.writeUInt16LE(columns, 10)
  return [begin(0x0010), record(0x0200, size)]
}

/** What it ends with: that it is shown, from its first cell on. */
export const SHEET_END: Buffer[] = [record(0x023e, words(0x06b6, 0, 0, 0x0040, 0, 0, 0, 0, 0)), END]

const TEXT_CELL = 0x00fd
const NUMBER_CELL = 0x0203
const CELL_MAX = 18

/** The cells of a row: numbers, and texts by their place among all texts; undefined for an empty one. */
export function rowRecords(row: number, cells: ({ text: number } | { number: number } | undefined)[]): Buffer {
  const records = Buffer.alloc(cells.length * CELL_MAX)
  let at = 0
  for (const [column, cell] of cells.entries()) {
    if (!cell) continue
    const isText = 'text' in cell
    at = records.writeUInt16LE(isText ? TEXT_CELL : NUMBER_CELL, at)
    at = records.writeUInt16LE(isText ? 10 : 14, at)
    at = records.writeUInt16LE(row, at)
    at = records.writeUInt16LE(column, at)
    at = records.writeUInt16LE(PLAIN, at)
    at = isText ? records.writeUInt32LE(cell.text, at) : records.writeDoubleLE(cell.number, at)
  }
  return records.subarray(0, at)
}

const font = (name: string) => Buffer.concat([words(200, 0, 0x7fff, 400, 0, 0, 0), shortText(name)])
const shortText = (text: string) => Buffer.concat([Buffer.from([text.length, 0]), Buffer.from(text, 'latin1')])
