/** The table: columns by their shares, rows that stay whole, the header again on each page. */
import type { Cell, Column, Paper } from './paper.ts'
import { CONTENT_BOTTOM, INK, MARGIN, measure, type Pen, RIGHT, rule, SHADE, STYLES, WIDTH, write } from './style.ts'

const PADDING = { x: 6, y: 5.5 }
const HEADER_HEIGHT = 20
/** A text is cut where it would fill a page by itself. */
const TEXT_HEIGHT_MAX = 160
const NOTE_HEIGHT_MAX = 60

type Place = { x: number; width: number; column: Column }

/**
 * Draws the table from `top` on, over as many pages as it needs, and returns where it ends. The last row stands on a
 * page with at least `reserve` below it: totals are never alone on a page.
 */
export function drawTable(pen: Pen, table: Paper['table'], top: number, reserve: number): number {
  const places = placeColumns(table.columns)
  let y = drawHeader(pen, places, top)
  table.rows.forEach((row, index) => {
    const height = rowHeight(pen, places, row)
    const isLast = index === table.rows.length - 1
    if (y + height + (isLast ? reserve : 0) > CONTENT_BOTTOM) {
      pen.addPage()
      y = drawHeader(pen, places, MARGIN)
    }
    drawRow(pen, places, row, y)
    y += height
    rule(pen, y)
  })
  return y
}

function placeColumns(columns: Column[]): Place[] {
  const shares = columns.reduce((sum, { share }) => sum + share, 0)
  let x = MARGIN
  return columns.map((column) => {
    const width = (WIDTH * column.share) / shares
    const place = { x: x + PADDING.x, width: width - 2 * PADDING.x, column }
    x += width
    return place
  })
}

function drawHeader(pen: Pen, places: Place[], top: number): number {
  pen.rect(MARGIN, top, WIDTH, HEADER_HEIGHT).fill(SHADE)
  for (const { x, width, column } of places) {
    const height = measure(pen, STYLES.label, column.heading, width)
    const y = top + (HEADER_HEIGHT - height) / 2 + 0.5
    write(pen, STYLES.label, column.heading.toUpperCase(), { x, y, width, align: column.align ?? 'left' })
  }
  rule(pen, top + HEADER_HEIGHT, { from: MARGIN, to: RIGHT, color: INK, width: 0.8 })
  return top + HEADER_HEIGHT
}

function rowHeight(pen: Pen, places: Place[], row: Cell[]): number {
  const heights = places.map(({ width }, index) => {
    const { text, note } = parts(row[index])
    const noteHeight = note ? measure(pen, STYLES.quiet, note, width, NOTE_HEIGHT_MAX) : 0
    return measure(pen, STYLES.body, text, width, TEXT_HEIGHT_MAX) + noteHeight
  })
  return Math.max(...heights) + 2 * PADDING.y
}

function drawRow(pen: Pen, places: Place[], row: Cell[], top: number): void {
  places.forEach(({ x, width, column }, index) => {
    const { text, note } = parts(row[index])
    const box = { x, width, align: column.align ?? 'left' }
    const y = top + PADDING.y
    const height = write(pen, STYLES.body, text, { ...box, y, heightMax: TEXT_HEIGHT_MAX })
    if (note) write(pen, STYLES.quiet, note, { ...box, y: y + height, heightMax: NOTE_HEIGHT_MAX })
  })
}

function parts(cell: Cell | undefined): { text: string; note: string } {
  return typeof cell === 'object' ? cell : { text: cell ?? '', note: '' }
}
