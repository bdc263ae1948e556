/** What is said about an order. */
import { describeVariant, listAddressLines, listTotals, type Order } from '#commerce/orders'
import { formatMoney } from '#platform/money.ts'
import type { Bill, LetterContent } from './compose-letter.ts'

export function confirmationLetter(order: Order, taxPercent: number): LetterContent {
  return {
    subject: `We have received your order ${order.number}`,
    heading: 'Thank you for your order',
    paragraphs: [`We have received your order ${order.number}.`, whatIsNext(order)],
    ...orderDetails(order, taxPercent),
  }
}

export function receiptLetter(order: Order, taxPercent: number): LetterContent {
  const isFree = order.totalMinor === 0
  return {
    subject: isFree ? `Invoice for your order ${order.number}` : `Payment received for your order ${order.number}`,
    heading: isFree ? 'Your invoice' : 'Your payment has arrived',
    paragraphs: [
      isFree
        ? `There is nothing to pay for your order ${order.number}. The invoice is attached.`
        : `We have received ${totalOf(order)} for your order ${order.number}. The invoice is attached.`,
    ],
    ...orderDetails(order, taxPercent),
  }
}

export function cancellationLetter(order: Order): LetterContent {
  return {
    subject: `Your order ${order.number} was cancelled`,
    heading: 'Your order was cancelled',
    paragraphs: [`Your order ${order.number} over ${totalOf(order)} was cancelled.`, aboutMoney(order)],
    closing: ['If you did not expect this, please answer this mail.'],
  }
}

const totalOf = (order: Order) => formatMoney(order.totalMinor, order.currency)

function whatIsNext(order: Order): string {
  if (order.paymentMethod === 'cod') return `You pay ${totalOf(order)} on delivery. The invoice is attached.`
  if (order.paymentStatus === 'paid') return 'We begin to prepare it now. The invoice comes in a mail of its own.'
  return 'We begin to prepare it as soon as your payment has arrived. The invoice comes then.'
}

function aboutMoney(order: Order): string {
  switch (order.paymentStatus) {
    case 'paid':
    case 'partially_refunded':
      return 'What you have paid will be given back to you the way you paid it.'
    case 'refunded':
      return `We have given back ${totalOf(order)} to you the way you paid it.`
    default:
      return 'There is nothing to pay.'
  }
}

function orderDetails(order: Order, taxPercent: number): Pick<LetterContent, 'bill' | 'blocks' | 'closing'> {
  const bill: Bill = {
    lines: order.lines.map((line) => ({
      quantity: line.quantity,
      name: line.name,
      note: describeVariant(line),
      amount: formatMoney(line.lineTotalMinor, order.currency),
    })),
    totals: listTotals(order, taxPercent),
  }
  return { bill, blocks: [{ heading: 'Shipped to', lines: listAddressLines(order.shippingAddress) }], closing: [] }
}
