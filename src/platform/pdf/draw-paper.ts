import PDFDocument from 'pdfkit'
import { collect } from './collect.ts'
import { BODY_TOP, drawBlocks, drawFooters, drawHead } from './draw-frame.ts'
import { drawTable } from './draw-table.ts'
import { drawNotes, drawTotals, endingHeight } from './draw-totals.ts'
import type { Paper } from './paper.ts'
import { FONT_FILES, MARGIN, PAGE, type Pen } from './style.ts'

/** Draws a paper on A4 pages and returns the file. */
export async function drawPaper(paper: Paper): Promise<Uint8Array> {
  const pen = openDocument(paper)
  const bytes = collect(pen)
  const bottomOfHead = drawHead(pen, paper)
  const bottomOfBlocks = drawBlocks(pen, paper.blocks, Math.max(bottomOfHead, BODY_TOP))
  const bottomOfTable = drawTable(pen, paper.table, bottomOfBlocks, endingHeight(pen, paper))
  const bottomOfTotals = drawTotals(pen, paper.totals, bottomOfTable)
  drawNotes(pen, paper.notes, bottomOfTotals)
  drawFooters(pen, paper)
  pen.end()
  return bytes
}

function openDocument(paper: Paper): Pen {
  const number = paper.facts[0] ? ` ${paper.facts[0].value}` : ''
  const pen = new PDFDocument({
    size: [PAGE.width, PAGE.height],
    // The foot of the page is drawn below the margin; nothing may break a page but the drawing itself.
    margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: 0 },
    // Page numbers are written once it is known how many there are.
    bufferPages: true,
    lang: 'en',
    displayTitle: true,
    info: {
      Title: `${paper.title}${number}`,
      Author: paper.issuer.name,
      CreationDate: paper.issuedAt,
      ModDate: paper.issuedAt,
    },
  })
  for (const [name, file] of Object.entries(FONT_FILES)) pen.registerFont(name, file)
  return pen
}
