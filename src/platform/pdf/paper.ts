/** What a paper says, without a word on how it is drawn: plain data, it travels to the thread that draws. */
export type Paper = {
  /** The large word: "Invoice". */
  title: string
  /** Who sends the paper: a name, and what stands below it. */
  issuer: { name: string; lines: string[] }
  /** Label and value, in the upper right corner: number, date, state. */
  facts: Fact[]
  /** Side by side below the head: addresses and the like. At most three. */
  blocks: { heading: string; lines: string[] }[]
  table: { columns: Column[]; rows: Cell[][] }
  totals: Total[]
  /** Sentences after the totals. */
  notes: string[]
  /** At the foot of each page, beside the page number. */
  footer: string
  /** When the document was issued: it stands in the properties of the file. */
  issuedAt: Date
}

type Fact = { label: string; value: string }
/** `share` is the part of the width, in relation to the shares of the other columns. */
export type Column = { heading: string; share: number; align?: 'left' | 'right' }
/** A text, or a text with a smaller one below it. */
export type Cell = string | { text: string; note: string }
/** A line of the sum; the one that is `due` stands out. */
export type Total = { label: string; value: string; due?: boolean }
