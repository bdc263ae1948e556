/** What follows the table: the sum, then sentences. */
import type { Paper, Total } from './paper.ts'
import { CONTENT_BOTTOM, INK, MARGIN, measure, type Pen, RIGHT, rule, STYLES, WIDTH, write } from './style.ts'

const BLOCK_WIDTH = (WIDTH - 24) / 2
/** So that the figures stand below those of the table. */
const PADDING_X = 6
const GAP_ABOVE = 10
const LINE_GAP = 4
const DUE_GAP = 7
const GAP_BELOW = 18
const NOTE_GAP = 3
/** More than this may go on the next page by itself. */
const NOTES_KEPT_MAX = 80

/** The room that the sum and a few sentences need: the table leaves it free below its last row. */
export function endingHeight(pen: Pen, { totals, notes }: Pick<Paper, 'totals' | 'notes'>): number {
  const totalsHeight = totals.reduce((sum, total) => sum + lineHeight(pen, total), GAP_ABOVE)
  const notesHeight = notes.reduce((sum, note) => sum + noteHeight(pen, note), GAP_BELOW)
  return totalsHeight + (notesHeight <= NOTES_KEPT_MAX ? notesHeight : 0)
}

/** Draws the sum in the right half of the page. Returns where it ends. */
export function drawTotals(pen: Pen, totals: Total[], top: number): number {
  const left = RIGHT - BLOCK_WIDTH
  let y = top + GAP_ABOVE
  for (const total of totals) {
    const style = total.due ? STYLES.due : STYLES.body
    const inner = y + (total.due ? DUE_GAP : LINE_GAP / 2)
    if (total.due) rule(pen, y + 1, { from: left, to: RIGHT, color: INK, width: 0.8 })
    const width = BLOCK_WIDTH / 2 - PADDING_X
    write(pen, style, total.label, { x: left + PADDING_X, y: inner, width })
    write(pen, style, total.value, { x: left + BLOCK_WIDTH / 2, y: inner, width, align: 'right' })
    y += lineHeight(pen, total)
  }
  return y + GAP_BELOW
}

/** Draws the sentences over the whole width, on a new page where there is no room. */
export function drawNotes(pen: Pen, notes: string[], top: number): void {
  let y = top
  for (const note of notes) {
    const height = noteHeight(pen, note)
    if (y + height > CONTENT_BOTTOM) {
      pen.addPage()
      y = MARGIN
    }
    write(pen, STYLES.quiet, note, { x: MARGIN, y, width: WIDTH })
    y += height
  }
}

const noteHeight = (pen: Pen, note: string) => measure(pen, STYLES.quiet, note, WIDTH) + NOTE_GAP

function lineHeight(pen: Pen, total: Total): number {
  const style = total.due ? STYLES.due : STYLES.body
  const width = BLOCK_WIDTH / 2 - PADDING_X
  const height = Math.max(measure(pen, style, total.label, width), measure(pen, style, total.value, width))
  return height + (total.due ? DUE_GAP + LINE_GAP : LINE_GAP)
}
