/** Letters about an order. */
import { describeVariant, listAddressLines, listTotals, type Order } from '#commerce/orders'
import { moneyIn, type Words } from '../texts/words.ts'
import type { Bill, LetterContent } from './letter-content.ts'

export function confirmationLetter(words: Words, order: Order): LetterContent {
  const { subject, heading, paragraph } = words.orders.received
  return {
    subject: subject(order.number),
    heading,
    paragraphs: [paragraph(order.number), whatIsNext(words, order)],
    ...orderDetails(words, order),
  }
}

/** Order and payment in one (SF-325). */
export function paidConfirmationLetter(words: Words, order: Order): LetterContent {
  const { subject, heading, paragraph } = words.orders.confirmed
  return {
    subject: subject(order.number),
    heading,
    paragraphs: [paragraph(order.number)],
    ...orderDetails(words, order),
  }
}

export function receiptLetter(words: Words, order: Order): LetterContent {
  const { subject, heading, paragraph } = order.totalMinor === 0 ? words.orders.free : words.orders.paid
  return {
    subject: subject(order.number),
    heading,
    paragraphs: [paragraph(order.number, totalOf(words, order))],
    ...orderDetails(words, order),
  }
}

export function cancellationLetter(words: Words, order: Order): LetterContent {
  const { subject, heading, paragraph, closing } = words.orders.cancelled
  return {
    subject: subject(order.number),
    heading,
    paragraphs: [paragraph(order.number, totalOf(words, order)), aboutMoney(words, order)],
    closing: [closing],
  }
}

const totalOf = (words: Words, order: Order) => moneyIn(words, order.totalMinor, order.currency)

function whatIsNext(words: Words, order: Order): string {
  const { next } = words.orders.received
  if (order.paymentMethod === 'cod') return next.cash(totalOf(words, order))
  return order.paymentStatus === 'paid' ? next.paid : next.open
}

function aboutMoney(words: Words, order: Order): string {
  const { money } = words.orders.cancelled
  switch (order.paymentStatus) {
    case 'paid':
    case 'partially_refunded':
      return order.channel === 'storefront' ? money.onRequest : money.refundedLater
    case 'refunded':
      return money.refunded(totalOf(words, order))
    default:
      return money.none
  }
}

function orderDetails(words: Words, order: Order): Pick<LetterContent, 'bill' | 'blocks' | 'closing'> {
  const { language } = words
  const bill: Bill = {
    lines: order.lines.map((line) => ({
      quantity: line.quantity,
      name: line.name,
      note: describeVariant(line),
      amount: moneyIn(words, line.lineTotalMinor, order.currency),
    })),
    totals: listTotals(order, { language, words: words.orders.sum }),
  }
  const lines = listAddressLines(order.shippingAddress, language)
  return { bill, blocks: [{ heading: words.orders.address, lines }], closing: [] }
}
