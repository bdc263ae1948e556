import bwipjs from 'bwip-js/node'
import PDFDocument from 'pdfkit'
import { collect } from './collect.ts'
import type { Label } from './label.ts'
import { FONT_FILES, INK, type Pen, rule, STYLES, type TextStyle, write } from './style.ts'

/** A6, upright: what printers of labels hold. */
const PAGE = { width: 297.64, height: 419.53 }
const MARGIN = 18
const WIDTH = PAGE.width - 2 * MARGIN
const BAR_HEIGHT = 72
const BARS_TOP = PAGE.height - MARGIN - BAR_HEIGHT - 18
/** A scanner needs so much white beside the bars: ten times the thinnest. */
const QUIET_MODULES = 10
const RECIPIENT: TextStyle = { font: 'bold', size: 12, color: INK, lineGap: 2 }
const CODE: TextStyle = { font: 'bold', size: 11, color: INK, lineGap: 0, spacing: 1 }

/** Draws a label on one page and returns the file. */
export async function drawLabel(label: Label): Promise<Uint8Array> {
  const pen = new PDFDocument({
    size: [PAGE.width, PAGE.height],
    margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: 0 },
    lang: 'en',
    displayTitle: true,
    info: { Title: `Label ${label.code}`, CreationDate: label.issuedAt, ModDate: label.issuedAt },
  })
  for (const [name, file] of Object.entries(FONT_FILES)) pen.registerFont(name, file)
  const bytes = collect(pen)
  const bottom = drawHead(pen, label)
  drawAddresses(pen, label, bottom)
  drawFacts(pen, label)
  drawBars(pen, label.code)
  pen.end()
  return bytes
}

function drawHead(pen: Pen, { carrier, service }: Label): number {
  const y = MARGIN + write(pen, STYLES.name, carrier, { x: MARGIN, y: MARGIN, width: WIDTH, heightMax: 18 }) + 2
  const bottom = y + write(pen, STYLES.quiet, service, { x: MARGIN, y, width: WIDTH, heightMax: 11 }) + 6
  line(pen, bottom)
  return bottom + 8
}

/** What does not fit is cut: the bars have their place. */
function drawAddresses(pen: Pen, { from, to }: Label, top: number): void {
  let y = top
  y += write(pen, STYLES.label, 'FROM', { x: MARGIN, y, width: WIDTH }) + 2
  for (const text of from) y += write(pen, STYLES.quiet, text, { x: MARGIN, y, width: WIDTH, heightMax: 11 })
  y += 6
  line(pen, y)
  y += 8
  y += write(pen, STYLES.label, 'TO', { x: MARGIN, y, width: WIDTH }) + 3
  for (const text of to) {
    if (y > FACTS_TOP - 16) return
    y += write(pen, RECIPIENT, text, { x: MARGIN, y, width: WIDTH, heightMax: Math.min(32, FACTS_TOP - y) })
  }
}

const FACTS_TOP = BARS_TOP - 34

function drawFacts(pen: Pen, { facts }: Label): void {
  line(pen, FACTS_TOP)
  const width = WIDTH / Math.max(1, facts.length)
  for (const [at, { label, value }] of facts.entries()) {
    const x = MARGIN + at * width
    write(pen, STYLES.label, label.toUpperCase(), { x, y: FACTS_TOP + 6, width, heightMax: 9 })
    write(pen, STYLES.strong, value, { x, y: FACTS_TOP + 15, width, heightMax: 12 })
  }
}

/** Code 128, as wide as the page allows, and the same in letters below it. */
function drawBars(pen: Pen, code: string): void {
  const widths = barsOf(code)
  const modules = widths.reduce((sum, width) => sum + width, 0) + 2 * QUIET_MODULES
  const module = WIDTH / modules
  let x = MARGIN + QUIET_MODULES * module
  for (const [at, width] of widths.entries()) {
    if (at % 2 === 0) pen.rect(x, BARS_TOP, width * module, BAR_HEIGHT).fill(INK)
    x += width * module
  }
  write(pen, CODE, code, { x: MARGIN, y: BARS_TOP + BAR_HEIGHT + 5, width: WIDTH, heightMax: 14 })
}

/** The widths of bars and of the gaps between them, by turns, in modules. */
export function barsOf(code: string): number[] {
  const [symbol] = bwipjs.raw('code128', code, '') as { sbs?: number[] }[]
  if (!symbol?.sbs) throw new Error(`no bar code of ${code}`)
  return symbol.sbs
}

const line = (pen: Pen, y: number) => rule(pen, y, { from: MARGIN, to: MARGIN + WIDTH, color: INK, width: 0.8 })
