/** The rows of a worksheet part. */
import type { SheetLimits } from '../limits.ts'
import type { SheetRow } from '../read-sheet.ts'
import { badCharacter, cellTooLong, sheetBroken, tooManyColumns } from '../refusals.ts'
import { type CellContext, cellText, ESCAPED_MAX, type RawCell } from './cell-value.ts'
import type { XmlVisitor } from './read-xml.ts'

/** Excel's own last row. */
const ROW_MAX = 1_048_576

/** Rows and cells without a reference follow the one before, as the standard of the format says. */
export function visitRows(
  context: CellContext,
  limits: Pick<SheetLimits, 'maxColumns' | 'maxCellLength'>,
  found: (row: SheetRow) => void,
): XmlVisitor {
  let isInData = false
  let row = 0
  let column = 0
  let cells: string[] = []
  let cell: RawCell | undefined
  let isText = false
  /** A reading aid in Japanese text stands beside the text and is not part of it. */
  let isInReading = false

  function openCell(attributes: Record<string, string>): void {
    column = attributes.r === undefined ? column + 1 : columnOf(attributes.r, column)
    cell = { type: attributes.t ?? 'n', style: Number(attributes.s ?? 0), text: '' }
  }

  function closeCell(raw: RawCell): void {
    const text = cellText(raw, context)
    if (text === '') return
    if (column > limits.maxColumns) throw tooManyColumns(row, limits.maxColumns)
    if (text.length > limits.maxCellLength) throw cellTooLong({ row, column }, limits.maxCellLength)
    if (text.includes('\0')) throw badCharacter({ row, column })
    while (cells.length < column - 1) cells.push('')
    cells.push(text)
  }

  return {
    open(name, attributes) {
      if (name === 'sheetData') isInData = true
      if (!isInData) return
      if (name === 'row') {
        row = rowOf(attributes.r ?? row + 1, row)
        column = 0
        cells = []
      } else if (name === 'c') openCell(attributes)
      else if (name === 'rPh') isInReading = true
      else if (name === 'v' || name === 't') isText = !isInReading
    },
    text(text) {
      if (!cell || !isText) return
      cell.text += text
      if (cell.text.length > limits.maxCellLength * ESCAPED_MAX)
        throw cellTooLong({ row, column }, limits.maxCellLength)
    },
    close(name) {
      if (name === 'sheetData') isInData = false
      else if (name === 'v' || name === 't') isText = false
      else if (name === 'rPh') isInReading = false
      else if (name === 'c' && cell) {
        closeCell(cell)
        cell = undefined
      } else if (name === 'row' && isInData) found({ row, cells })
    },
  }
}

function rowOf(reference: string | number, last: number): number {
  const row = Number(reference)
  if (!Number.isInteger(row) || row <= last || row > ROW_MAX) throw sheetBroken(`row ${reference} follows row ${last}`)
  return row
}

/** The column of `BC23`, A being 1. */
function columnOf(reference: string, last: number): number {
  const letters = /^\$?([A-Z]{1,3})\$?\d*$/i.exec(reference)?.[1]?.toUpperCase()
  if (!letters) throw sheetBroken(`${reference} is no cell`)
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
  if (column <= last) throw sheetBroken(`cell ${reference} is out of order`)
  return column
}
