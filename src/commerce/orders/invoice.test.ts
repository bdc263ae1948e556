import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderPdf } from '#platform/pdf'
import { readPdfPages } from '../../../test/pdf-text.ts'
import { toCreditNotePaper } from './credit-note.ts'
import type { Document } from './document.ts'
import { toInvoicePaper } from './invoice.ts'
import type { Order } from './order.ts'
import { type Seller, sellerOf } from './seller.ts'

const address = {
  full_name: 'Ada Lovelace',
  phone: null,
  address_line1: '12 St James’s Square',
  address_line2: '',
  city: 'London',
  state: '',
  postal_code: 'SW1Y 4JH',
  country: 'GB',
}

function orderOf(over: Partial<Order> = {}): Order {
  const line = {
    id: 1,
    productId: 1,
    variantId: 1,
    name: 'Copper kettle',
    sku: 'KET-1',
    quantity: 2,
    unitPriceMinor: 5000,
    discountMinor: 1000,
    taxMinor: 1620,
  }
  return {
    id: 1,
    number: 'ORD-7KQ2MX4B',
    accountId: 1,
    email: 'ada@example.com',
    channel: 'v1',
    status: 'processing',
    paymentStatus: 'paid',
    currency: 'USD',
    subtotalMinor: 10000,
    discountMinor: 1000,
    taxMinor: 1620,
    taxPercent: '18.0000',
    taxIncluded: false,
    explanation: [],
    addressId: null,
    carrier: null,
    trackingNumber: null,
    estimatedDelivery: null,
    shippingMinor: 500,
    totalMinor: 11120,
    couponCode: 'SAVE10',
    shippingAddress: address,
    billingAddress: { ...address, full_name: 'Analytical Engines Ltd' },
    shippingMethod: 'standard',
    paymentMethod: 'stripe',
    notes: '',
    placedAt: new Date('2026-11-20T23:30:00Z'),
    updatedAt: new Date('2026-11-20T23:30:00Z'),
    lines: [
      {
        ...line,
        lineTotalMinor: 10000,
        snapshot: { name: line.name, slug: 'kettle', variant: '', attributes: { Size: '2 l' }, image: null },
      },
    ],
    ...over,
  }
}

const seller: Seller = {
  name: 'Souk',
  email: 'shop@example.com',
  address: ['1 Dock Street', 'London'],
  taxNumber: '',
  state: '',
}
const invoice: Document = {
  id: 1,
  kind: 'invoice',
  year: 2026,
  sequence: 1,
  number: 'INV-2026-000001',
  orderId: 1,
  refundId: null,
  amountMinor: 11120,
  taxMinor: 1620,
  issuer: seller,
  issuedAt: new Date('2026-11-21T08:00:00Z'),
}
const totalsOf = (order: Order, from = seller) =>
  toInvoicePaper(order, invoice, from).totals.map(({ label, value }) => `${label}: ${value}`)

test('V1-311 an invoice names seller, order, date, addresses, articles, figures and how it stands with the payment', async () => {
  const bytes = await renderPdf(toInvoicePaper(orderOf(), invoice, seller))
  const [page = ''] = readPdfPages(bytes)
  for (const text of [
    ...[
      'Souk',
      '1 Dock Street',
      'shop@example.com',
      'INV-2026-000001',
      '21 November 2026',
      'ORD-7KQ2MX4B',
      '20 November 2026',
      'Card (Stripe)',
      'Paid',
    ],
    ...['Analytical Engines Ltd', 'Ada Lovelace', 'SW1Y 4JH London', 'United Kingdom', 'ada@example.com'],
    ...['Copper kettle', 'Size: 2 l · SKU KET-1', '2', '$50.00', '$16.20', '$100.00'],
    ...['In words: One Hundred Eleven US dollars and 20/100 only'],
    ...['Subtotal', 'Discount (SAVE10)', '-$10.00', 'Tax (18 %)', '$16.20', 'Shipping', '$5.00', 'Total', '$111.20'],
  ]) {
    assert.ok(page.split('\n').includes(text), `${text} is missing in:\n${page}`)
  }
})

test('the figures stand in the order of the sum; what there is none of is not named', () => {
  assert.deepEqual(totalsOf(orderOf()), [
    'Subtotal: $100.00',
    'Discount (SAVE10): -$10.00',
    'Tax (18 %): $16.20',
    'Shipping: $5.00',
    'Total: $111.20',
  ])
  const plain = { couponCode: null, discountMinor: 0, shippingMinor: 0, taxMinor: 1800, totalMinor: 11800 }
  assert.deepEqual(totalsOf(orderOf(plain)), [
    'Subtotal: $100.00',
    'Tax (18 %): $18.00',
    'Shipping: Free',
    'Total: $118.00',
  ])
})

test('the rate of the tax is that of the order, with its decimals', () => {
  assert.ok(totalsOf(orderOf({ taxPercent: '7.2500' })).includes('Tax (7.25 %): $16.20'))
})

test('rupees are written as in India, yen without decimals', () => {
  const figures = { subtotalMinor: 12345600, discountMinor: 0, taxMinor: 0, shippingMinor: 0, totalMinor: 12345600 }
  assert.ok(totalsOf(orderOf({ ...figures, currency: 'INR' })).includes('Total: ₹1,23,456.00'))
  assert.ok(totalsOf(orderOf({ ...figures, currency: 'JPY' })).includes('Total: ¥12,345,600'))
})

test('how it stands with the money is said in a sentence that fits', () => {
  const notesOf = (over: Partial<Order>) => toInvoicePaper(orderOf(over), undefined, seller).notes.slice(1)
  assert.deepEqual(notesOf({ paymentStatus: 'pending', paymentMethod: 'cod' }), [
    'The total is to be paid on delivery.',
  ])
  assert.deepEqual(notesOf({ paymentStatus: 'pending' }), [
    'This is no invoice yet: you get it as soon as the order is paid.',
  ])
  assert.deepEqual(notesOf({ paymentStatus: 'pending', status: 'cancelled' }), [
    'This order was cancelled: nothing is to be paid.',
  ])
  assert.match(notesOf({ paymentStatus: 'refunded', status: 'cancelled' })[0]!, /refunded/)
})

test('the shop sells under its own name, or the one that its mails come from', () => {
  const untold = { SELLER_NAME: '', SELLER_ADDRESS: [], SELLER_STATE: '', SELLER_TAX_NUMBER: '' }
  const sellerFrom = (MAIL_FROM: string) => {
    const { name, email } = sellerOf({ ...untold, MAIL_FROM })
    return [name, email]
  }
  assert.deepEqual(sellerFrom('Kettles & Co <hello@kettles.example>'), ['Kettles & Co', 'hello@kettles.example'])
  assert.deepEqual(sellerFrom('"Kettles, Co" <hello@kettles.example>'), ['Kettles, Co', 'hello@kettles.example'])
  assert.deepEqual(sellerFrom('hello@kettles.example'), ['Souk', 'hello@kettles.example'])
  const named = sellerOf({ ...untold, MAIL_FROM: 'Post <hello@kettles.example>', SELLER_NAME: 'Kettles Ltd' })
  assert.equal(named.name, 'Kettles Ltd')
})

/** As the storefront sells it: prices hold the tax. */
const indian = () => {
  const order = orderOf({
    ...{ channel: 'storefront', currency: 'INR', taxIncluded: true, couponCode: null },
    ...{ subtotalMinor: 101694, discountMinor: 0, taxMinor: 18306, shippingMinor: 0, totalMinor: 120000 },
    shippingAddress: { ...address, city: 'Bengaluru', state: 'Karnataka', country: 'IN' },
  })
  const [line] = order.lines
  const snapshot = { ...line!.snapshot, weight: '200g', hsnCode: '0902' }
  const figures = { unitPriceMinor: 60000, lineTotalMinor: 120000, discountMinor: 0, taxMinor: 18306 }
  return { ...order, lines: [{ ...line!, ...figures, snapshot }] }
}

test('SF-327 the paper of the storefront names company, order, address, weight, quantity, price, amount, GST and grand total', async () => {
  const from = { ...seller, taxNumber: '29ABCDE1234F1Z5' }
  const [page = ''] = readPdfPages(await renderPdf(toInvoicePaper(indian(), { ...invoice, issuer: from }, from)))
  for (const text of [
    ...['Tax invoice', 'Souk', 'GSTIN 29ABCDE1234F1Z5', 'ORD-7KQ2MX4B', 'Bengaluru, Karnataka', 'Copper kettle'],
    ...['0902', '200g', '₹600.00', '₹183.06', '₹1,200.00', 'Subtotal', '₹1,016.94', 'GST (18 %)', 'Grand total'],
    'In words: One Thousand Two Hundred Rupees Only',
  ]) {
    assert.ok(page.includes(text), `${text} is missing in:\n${page}`)
  }
})

test('within the state of the seller GST is split in halves that make the whole; between states it is one', () => {
  const taxesOf = (state: string) => totalsOf(indian(), { ...seller, state }).filter((line) => line.includes('GST'))
  assert.deepEqual(taxesOf(''), ['GST (18 %): ₹183.06'])
  assert.deepEqual(taxesOf('karnataka'), ['CGST (9 %): ₹91.53', 'SGST (9 %): ₹91.53'])
  assert.deepEqual(taxesOf('Kerala'), ['IGST (18 %): ₹183.06'])
})

test('a credit note says which invoice it lowers, by how much, and how much of that is tax', () => {
  const note: Document = { ...invoice, kind: 'credit_note', number: 'CN-2026-000001', amountMinor: 5560, taxMinor: 810 }
  const paper = toCreditNotePaper(orderOf({ paymentStatus: 'partially_refunded' }), note, invoice)
  assert.equal(paper.title, 'Credit note')
  assert.ok(paper.facts.some(({ label, value }) => label === 'For invoice' && value === 'INV-2026-000001'))
  assert.deepEqual(
    paper.totals.map(({ label, value }) => `${label}: ${value}`),
    ['Without tax: $47.50', 'Tax (18 %): $8.10', 'Credited: $55.60'],
  )
})
