/** From what a letter says to its two texts: both are made of the same data, so neither says more than the other. */
import { sellerOf } from '#commerce/orders'
import type { Config } from '../../../config.ts'
import { toHtml } from './as-html.ts'
import { toText } from './as-text.ts'

export type LetterContent = {
  subject: string
  heading: string
  paragraphs: string[]
  /** The one thing to do: a button, or a link on a line of its own. */
  action?: { label: string; url: string }
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

export function composeLetter(content: LetterContent, shop: Shop): { subject: string; text: string; html: string } {
  return { subject: content.subject, text: toText(content, shop), html: toHtml(content, shop) }
}

/** The shop writes under the name that its mails come from. */
export function shopOf(config: Pick<Config, 'MAIL_FROM' | 'FRONTEND_URL'>): Shop {
  return { name: sellerOf(config).name, url: config.FRONTEND_URL }
}
