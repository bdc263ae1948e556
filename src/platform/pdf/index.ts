/**
 * Printed papers: from a description of what a paper says to the bytes of a PDF. They are drawn in a thread of their
 * own: the event loop stays free however long a paper is.
 */
export type { Label } from './label.ts'
export type { Column, Paper } from './paper.ts'
export { renderLabel, renderPdf } from './render-pdf.ts'
