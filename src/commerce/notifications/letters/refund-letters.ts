/** Letters about money that went back, and goods that come back. */
import type { Order, Return } from '#commerce/orders'
import { moneyIn, type Words } from '../texts/words.ts'
import type { LetterContent } from './letter-content.ts'

export function refundLetter(words: Words, order: Order, amountMinor: number, hasNote: boolean): LetterContent {
  const amount = moneyIn(words, amountMinor, order.currency)
  const { subject, heading, paragraph, note } = words.orders.refunded
  return {
    subject: subject(order.number, amount),
    heading,
    paragraphs: [paragraph(order.number, amount, order.paymentMethod === 'cod'), ...(hasNote ? [note] : [])],
    closing: [],
  }
}

export function returnLetter(words: Words, sentBack: Return): LetterContent {
  const { orderNumber, status, note, lines, refundMinor, currency } = sentBack
  const { returnDeclined, returnApproved } = words.orders
  const { subject, heading, paragraph, articles, closing } = status === 'rejected' ? returnDeclined : returnApproved
  const amount = refundMinor > 0 ? moneyIn(words, refundMinor, currency) : undefined
  return {
    subject: subject(orderNumber),
    heading,
    paragraphs: [paragraph(orderNumber, amount), ...(note ? [note] : [])],
    blocks: [
      { heading: articles, lines: lines.map(({ quantity, name, sku }) => `${quantity} × ${name} (SKU ${sku})`) },
    ],
    closing: [closing],
  }
}
