import { readSender } from '#platform/mail'
import { formatMoney } from '#platform/money.ts'
import { type Paper, renderPdf } from '#platform/pdf'
import type { App } from '../app.ts'
import type { Order, OrderAddress, OrderLine } from './order.ts'

/** Who sells: what stands at the head of an invoice. */
export type Seller = { name: string; email: string }

/** The invoice of an order as a file, named after the order (V1-311). It says how the order stands now. */
export async function getInvoicePdf(
  app: Pick<App, 'config'>,
  order: Order,
): Promise<{ filename: string; bytes: Buffer }> {
  const seller = sellerOf(app.config)
  return { filename: `invoice-${order.number}.pdf`, bytes: await renderPdf(toInvoicePaper(order, seller)) }
}

/** The shop sells under the name and the address that its mails come from. */
export function sellerOf(config: Pick<App['config'], 'MAIL_FROM'>): Seller {
  const { name, address } = readSender(config.MAIL_FROM)
  return { name: name || 'Souk', email: address }
}

/** What the invoice of an order says. */
export function toInvoicePaper(order: Order, seller: Seller): Paper {
  return {
    title: 'Invoice',
    issuer: { name: seller.name, lines: [seller.email] },
    facts: [
      { label: 'Order number', value: order.number },
      { label: 'Date', value: day.format(order.placedAt) },
      { label: 'Currency', value: order.currency },
      { label: 'Payment', value: PAYMENT_METHODS[order.paymentMethod] ?? order.paymentMethod },
      { label: 'Payment status', value: PAYMENT_STATES[order.paymentStatus] },
    ],
    blocks: [
      {
        heading: 'Billed to',
        lines: [...listAddressLines(order.billingAddress), ...(order.email ? [order.email] : [])],
      },
      { heading: 'Shipped to', lines: listAddressLines(order.shippingAddress) },
    ],
    table: {
      columns: [
        { heading: 'Article', share: 54 },
        { heading: 'Quantity', share: 13, align: 'right' },
        { heading: 'Unit price', share: 17, align: 'right' },
        { heading: 'Amount', share: 18, align: 'right' },
      ],
      rows: order.lines.map((line) => [
        { text: line.name, note: describeVariant(line) },
        String(line.quantity),
        formatMoney(line.unitPriceMinor, order.currency),
        formatMoney(line.lineTotalMinor, order.currency),
      ]),
    },
    totals: listTotals(order),
    notes: [describeState(order)],
    footer: `${seller.name} · Invoice for order ${order.number}`,
    issuedAt: order.placedAt,
  }
}

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })

const PAYMENT_METHODS: Record<string, string> = { stripe: 'Card (Stripe)', paypal: 'PayPal', cod: 'Cash on delivery' }
const PAYMENT_STATES: Record<Order['paymentStatus'], string> = {
  pending: 'Not yet paid',
  paid: 'Paid',
  failed: 'Payment failed',
  partially_refunded: 'Partially refunded',
  refunded: 'Refunded',
}
const PAYMENT_SENTENCES: Record<Order['paymentStatus'], string> = {
  pending: 'This invoice has not been paid yet.',
  paid: 'This invoice has been paid in full. Thank you for your order.',
  failed: 'The last payment did not succeed: this invoice is still to be paid.',
  partially_refunded: 'This invoice was paid; a part of the amount has been refunded.',
  refunded: 'This invoice was paid; the whole amount has been refunded.',
}

function describeState(order: Order): string {
  const isOpen = order.paymentStatus === 'pending' || order.paymentStatus === 'failed'
  if (order.status === 'cancelled' && isOpen) return 'This order was cancelled: nothing is to be paid.'
  if (order.paymentMethod === 'cod' && isOpen) return 'The total is to be paid on delivery.'
  return PAYMENT_SENTENCES[order.paymentStatus]
}

/** An address as it stands on a parcel, without empty lines. */
export function listAddressLines(address: OrderAddress): string[] {
  const city = [address.postal_code, address.city].filter(Boolean).join(' ')
  return [
    address.full_name,
    address.address_line1,
    address.address_line2,
    [city, address.state].filter(Boolean).join(', '),
    nameCountry(address.country),
    address.phone,
  ].filter((line): line is string => Boolean(line))
}

const countries = new Intl.DisplayNames('en', { type: 'region' })

/** "IN" is a code for people who sort letters, not for those who read them. */
function nameCountry(country: string): string {
  return /^[A-Z]{2}$/.test(country) ? (countries.of(country) ?? country) : country
}

/** Options and stock keeping unit, as they were when the order was placed. */
export function describeVariant(line: OrderLine): string {
  const { attributes } = line.snapshot
  const options = typeof attributes === 'object' && attributes !== null ? Object.entries(attributes) : []
  return [...options.map(([name, value]) => `${name}: ${value}`), `SKU ${line.sku}`].join(' · ')
}

/** The sum of an order, line by line, for people to read; the last line is what is due. */
export function listTotals(order: Order): Paper['totals'] {
  const money = (amountMinor: number) => formatMoney(amountMinor, order.currency)
  const discount = order.couponCode ? `Discount (${order.couponCode})` : 'Discount'
  return [
    { label: 'Subtotal', value: money(order.subtotalMinor) },
    ...(order.discountMinor > 0 ? [{ label: discount, value: money(-order.discountMinor) }] : []),
    { label: `Tax (${Number(order.taxPercent)} %)`, value: money(order.taxMinor) },
    { label: 'Shipping', value: order.shippingMinor === 0 ? 'Free' : money(order.shippingMinor) },
    { label: 'Total', value: money(order.totalMinor), due: true },
  ]
}
