/** What is said about money that went back, and goods that come back. */
import type { Order, Return } from '#commerce/orders'
import { formatMoney } from '#platform/money.ts'
import type { LetterContent } from './letter-content.ts'

export function refundLetter(order: Order, amountMinor: number, hasNote: boolean): LetterContent {
  const amount = formatMoney(amountMinor, order.currency)
  return {
    subject: `We have refunded ${amount} for your order ${order.number}`,
    heading: 'Your refund',
    paragraphs: [
      `We have given back ${amount} for your order ${order.number}, ${howItGoes(order)}.`,
      ...(hasNote ? ['The credit note is attached.'] : []),
    ],
    closing: [],
  }
}

const howItGoes = ({ paymentMethod }: Order) =>
  paymentMethod === 'cod' ? 'which you had paid on delivery' : 'the way it was paid; it may take your bank some days'

export function returnLetter(sentBack: Return): LetterContent {
  const { orderNumber, status, note, lines } = sentBack
  const isApproved = status !== 'rejected'
  return {
    subject: `Your return for order ${orderNumber} was ${isApproved ? 'approved' : 'declined'}`,
    heading: isApproved ? 'Please send it back' : 'Your return was declined',
    paragraphs: [
      isApproved
        ? `You may send back what you named of order ${orderNumber}. Once it is here, we give back ${worthOf(sentBack)}.`
        : `We cannot take back what you named of order ${orderNumber}.`,
      ...(note ? [note] : []),
    ],
    blocks: [
      { heading: 'The articles', lines: lines.map(({ quantity, name, sku }) => `${quantity} × ${name} (SKU ${sku})`) },
    ],
    closing: ['If you have questions, please answer this mail.'],
  }
}

const worthOf = ({ refundMinor, currency }: Return) => formatMoney(refundMinor, currency)
