import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readPdfPages } from '../../../test/pdf-text.ts'
import { readConfig } from '../../config.ts'
import { getInvoicePdf, sellerOf, toInvoicePaper } from './invoice.ts'
import type { Order } from './order.ts'

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

const seller = { name: 'Souk', email: 'shop@example.com' }
const totalsOf = (order: Order) => toInvoicePaper(order, seller).totals.map(({ label, value }) => `${label}: ${value}`)

test('V1-311 an invoice names seller, order, date, addresses, articles, figures and how it stands with the payment', async () => {
  const config = readConfig({
    NODE_ENV: 'testing',
    SECRET_KEY: 'x',
    PAYMENT_WEBHOOK_SECRET: 'x',
    MAIL_FROM: 'Souk <shop@example.com>',
  })
  const { filename, bytes } = await getInvoicePdf({ config }, orderOf())
  assert.equal(filename, 'invoice-ORD-7KQ2MX4B.pdf')
  const [page = ''] = readPdfPages(bytes)
  for (const text of [
    ...['Souk', 'shop@example.com', 'ORD-7KQ2MX4B', '20 November 2026', 'Card (Stripe)', 'Paid'],
    ...['Analytical Engines Ltd', 'Ada Lovelace', 'SW1Y 4JH London', 'United Kingdom', 'ada@example.com'],
    ...['Copper kettle', 'Size: 2 l · SKU KET-1', '2', '$50.00', '$100.00'],
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
  const notesOf = (over: Partial<Order>) => toInvoicePaper(orderOf(over), seller).notes
  assert.deepEqual(notesOf({ paymentStatus: 'pending', paymentMethod: 'cod' }), [
    'The total is to be paid on delivery.',
  ])
  assert.deepEqual(notesOf({ paymentStatus: 'pending' }), ['This invoice has not been paid yet.'])
  assert.deepEqual(notesOf({ paymentStatus: 'pending', status: 'cancelled' }), [
    'This order was cancelled: nothing is to be paid.',
  ])
  assert.match(notesOf({ paymentStatus: 'refunded', status: 'cancelled' })[0]!, /refunded/)
})

test('the shop sells under the name that its mails come from', () => {
  const sellerFrom = (MAIL_FROM: string) => {
    const { name, email } = sellerOf({ MAIL_FROM })
    return [name, email]
  }
  assert.deepEqual(sellerFrom('Kettles & Co <hello@kettles.example>'), ['Kettles & Co', 'hello@kettles.example'])
  assert.deepEqual(sellerFrom('"Kettles, Co" <hello@kettles.example>'), ['Kettles, Co', 'hello@kettles.example'])
  assert.deepEqual(sellerFrom('hello@kettles.example'), ['Souk', 'hello@kettles.example'])
})
