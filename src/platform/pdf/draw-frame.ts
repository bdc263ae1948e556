/** What stands around the table: the head, the blocks below it, and the foot of each page. */
import type { Paper } from './paper.ts'
import { ACCENT, FOOTER_TOP, MARGIN, type Pen, RIGHT, rule, STYLES, WIDTH, write } from './style.ts'

/** Blocks never begin higher: addresses stand in the same place on a paper with few facts as on one with many. */
export const BODY_TOP = 150
const FACT_LABEL_WIDTH = 84
const GUTTER = 24
/** Facts stand above the right one of two blocks. */
const FACTS_WIDTH = (WIDTH - GUTTER) / 2

/** The issuer on the left, title and facts on the right. Returns where the head ends. */
export function drawHead(pen: Pen, paper: Paper): number {
  pen.rect(0, 0, pen.page.width, 6).fill(ACCENT)
  const issuerWidth = WIDTH - FACTS_WIDTH - GUTTER
  let left = MARGIN
  left += write(pen, STYLES.name, paper.issuer.name, { x: MARGIN, y: left, width: issuerWidth }) + 3
  for (const line of paper.issuer.lines)
    left += write(pen, STYLES.quiet, line, { x: MARGIN, y: left, width: issuerWidth })
  const x = RIGHT - FACTS_WIDTH
  let right = MARGIN - 8
  right += write(pen, STYLES.title, paper.title, { x, y: right, width: FACTS_WIDTH, align: 'right' }) + 8
  for (const { label, value } of paper.facts) {
    const width = FACTS_WIDTH - FACT_LABEL_WIDTH
    write(pen, STYLES.quiet, label, { x, y: right + 0.8, width: FACT_LABEL_WIDTH })
    right += write(pen, STYLES.strong, value, { x: x + FACT_LABEL_WIDTH, y: right, width, align: 'right' }) + 1
  }
  return Math.max(left, right) + 22
}

/** Addresses and the like, side by side. Returns where they end. */
export function drawBlocks(pen: Pen, blocks: Paper['blocks'], top: number): number {
  if (blocks.length === 0) return top
  const width = (WIDTH - GUTTER * (blocks.length - 1)) / blocks.length
  const bottoms = blocks.map(({ heading, lines }, index) => {
    const x = MARGIN + index * (width + GUTTER)
    let y = top + write(pen, STYLES.label, heading.toUpperCase(), { x, y: top, width }) + 4
    lines.forEach((line, position) => {
      y += write(pen, position === 0 ? STYLES.strong : STYLES.body, line, { x, y, width })
    })
    return y
  })
  return Math.max(...bottoms) + 24
}

/** The same foot on each page, with its number. */
export function drawFooters(pen: Pen, paper: Paper): void {
  const { count } = pen.bufferedPageRange()
  for (let page = 0; page < count; page += 1) {
    pen.switchToPage(page)
    rule(pen, FOOTER_TOP - 8)
    write(pen, STYLES.quiet, paper.footer, { x: MARGIN, y: FOOTER_TOP, width: WIDTH - 90, heightMax: 11 })
    const number = `Page ${page + 1} of ${count}`
    write(pen, STYLES.quiet, number, { x: RIGHT - 90, y: FOOTER_TOP, width: 90, align: 'right' })
  }
}
