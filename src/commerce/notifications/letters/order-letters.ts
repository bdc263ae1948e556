/** What is said about an order. */
import { describeVariant, listAddressLines, listTotals, type Order } from '#commerce/orders'
import { formatMoney } from '#platform/money.ts'
import type { Bill, LetterContent } from './letter-content.ts'

export function confirmationLetter(order: Order): LetterContent {
  return {
    subject: `We have received your order ${order.number}`,
    heading: 'Thank you for your order',
    paragraphs: [`We have received your order ${order.number}.`, whatIsNext(order)],
    ...orderDetails(order),
  }
}

/** Order and payment in one (SF-325). */
export function paidConfirmationLetter(order: Order): LetterContent {
  return {
    subject: `Your order ${order.number} is confirmed`,
    heading: 'Thank you for your order',
    paragraphs: [`Your order ${order.number} is paid: we are preparing it now. The invoice is attached.`],
    ...orderDetails(order),
  }
}

export function receiptLetter(order: Order): LetterContent {
  const isFree = order.totalMinor === 0
  return {
    subject: isFree ? `Invoice for your order ${order.number}` : `Payment received for your order ${order.number}`,
    heading: isFree ? 'Your invoice' : 'Your payment has arrived',
    paragraphs: [
      isFree
        ? `There is nothing to pay for your order ${order.number}. The invoice is attached.`
        : `We have received ${totalOf(order)} for your order ${order.number}. The invoice is attached.`,
    ],
    ...orderDetails(order),
  }
}

export function cancellationLetter(order: Order): LetterContent {
  return {
    subject: `Your order ${order.number} was cancelled`,
    heading: 'Your order was cancelled',
    paragraphs: [`Your order ${order.number} for ${totalOf(order)} was cancelled.`, aboutMoney(order)],
    closing: ['If you did not expect this, please answer this mail.'],
  }
}

const totalOf = (order: Order) => formatMoney(order.totalMinor, order.currency)

function whatIsNext(order: Order): string {
  if (order.paymentMethod === 'cod') return `You pay ${totalOf(order)} on delivery. The invoice is attached.`
  if (order.paymentStatus === 'paid')
    return 'It is paid: we are preparing it now. The invoice comes in a separate mail.'
  return 'We start to prepare it as soon as your payment has arrived, and send you the invoice then.'
}

function aboutMoney(order: Order): string {
  switch (order.paymentStatus) {
    case 'paid':
    case 'partially_refunded':
      if (order.channel === 'storefront') return 'What you have paid is given back when you ask for it in your account.'
      return 'Your payment will be refunded the way it was made.'
    case 'refunded':
      return `We have refunded ${totalOf(order)} the way it was paid.`
    default:
      return 'There is nothing to pay.'
  }
}

function orderDetails(order: Order): Pick<LetterContent, 'bill' | 'blocks' | 'closing'> {
  const bill: Bill = {
    lines: order.lines.map((line) => ({
      quantity: line.quantity,
      name: line.name,
      note: describeVariant(line),
      amount: formatMoney(line.lineTotalMinor, order.currency),
    })),
    totals: listTotals(order),
  }
  return {
    bill,
    blocks: [{ heading: 'Delivery address', lines: listAddressLines(order.shippingAddress) }],
    closing: [],
  }
}
