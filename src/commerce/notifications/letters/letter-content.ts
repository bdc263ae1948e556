/** What a letter says, before it is text or HTML. */

export type LetterContent = {
  subject: string
  heading: string
  paragraphs: string[]
  /** The one thing to do: a button, or a link on a line of its own. */
  action?: { label: string; url: string }
  /** A code to be typed: large, and on a line of its own. */
  code?: string
  bill?: Bill
  /** Named groups of short lines, as an address. */
  blocks?: { heading: string; lines: string[] }[]
  closing: string[]
}
/** What was bought and what it costs. Money is written out. */
export type Bill = {
  lines: { quantity: number; name: string; note: string; amount: string }[]
  totals: { label: string; value: string; due?: boolean }[]
}
/** Who writes. */
export type Shop = { name: string; url: string }
