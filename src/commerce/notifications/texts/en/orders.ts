/** What is said about an order, its money and what comes back of it. `total` and `amount` are written out. */
import { paperWords } from '#commerce/orders'

const questions = 'If you have questions, please answer this mail.'

export const orders = {
  received: {
    subject: (number: string) => `We have received your order ${number}`,
    heading: 'Thank you for your order',
    paragraph: (number: string) => `We have received your order ${number}.`,
    next: {
      cash: (total: string) => `You pay ${total} on delivery. The invoice is attached.`,
      paid: 'It is paid: we are preparing it now. The invoice comes in a separate mail.',
      open: 'We start to prepare it as soon as your payment has arrived, and send you the invoice then.',
    },
  },
  confirmed: {
    subject: (number: string) => `Your order ${number} is confirmed`,
    heading: 'Thank you for your order',
    paragraph: (number: string) => `Your order ${number} is paid: we are preparing it now. The invoice is attached.`,
  },
  paid: {
    subject: (number: string) => `Payment received for your order ${number}`,
    heading: 'Your payment has arrived',
    paragraph: (number: string, total: string) =>
      `We have received ${total} for your order ${number}. The invoice is attached.`,
  },
  free: {
    subject: (number: string) => `Invoice for your order ${number}`,
    heading: 'Your invoice',
    paragraph: (number: string, _total: string) =>
      `There is nothing to pay for your order ${number}. The invoice is attached.`,
  },
  cancelled: {
    subject: (number: string) => `Your order ${number} was cancelled`,
    heading: 'Your order was cancelled',
    paragraph: (number: string, total: string) => `Your order ${number} for ${total} was cancelled.`,
    money: {
      onRequest: 'What you have paid is given back when you ask for it in your account.',
      refundedLater: 'Your payment will be refunded the way it was made.',
      refunded: (total: string) => `We have refunded ${total} the way it was paid.`,
      none: 'There is nothing to pay.',
    },
    closing: 'If you did not expect this, please answer this mail.',
  },
  refunded: {
    subject: (number: string, amount: string) => `We have refunded ${amount} for your order ${number}`,
    heading: 'Your refund',
    paragraph: (number: string, amount: string, wasCash: boolean) =>
      `We have given back ${amount} for your order ${number}, ${
        wasCash ? 'which you had paid on delivery' : 'the way it was paid; it may take your bank some days'
      }.`,
    note: 'The credit note is attached.',
  },
  returnApproved: {
    subject: (number: string) => `Your return for order ${number} was approved`,
    heading: 'Please send it back',
    paragraph: (number: string, amount: string | undefined) =>
      `You may send back what you named of order ${number}.${amount ? ` Once it is here, we give back ${amount}.` : ''}`,
    articles: 'The articles',
    closing: questions,
  },
  returnDeclined: {
    subject: (number: string) => `Your return for order ${number} was declined`,
    heading: 'Your return was declined',
    paragraph: (number: string, _amount: string | undefined) =>
      `We cannot take back what you named of order ${number}.`,
    articles: 'The articles',
    closing: questions,
  },
  address: 'Delivery address',
  sum: paperWords,
  notices: {
    placed: {
      title: 'Order received',
      body: (number: string, total: string) => `We have received your order ${number} for ${total}.`,
    },
    paid: {
      title: 'Payment received',
      body: (number: string, total: string) => `Your payment of ${total} for order ${number} has arrived.`,
    },
    cancelled: {
      title: 'Order cancelled',
      body: (number: string, _total: string) => `Your order ${number} was cancelled.`,
    },
    refunded: {
      title: 'Refund sent',
      body: (number: string, amount: string) => `We have given back ${amount} for your order ${number}.`,
    },
    returnApproved: {
      title: 'Return approved',
      body: (number: string) => `Your return for order ${number} was approved.`,
    },
    returnDeclined: {
      title: 'Return declined',
      body: (number: string) => `Your return for order ${number} was declined.`,
    },
  },
}
