import { digitsOf, toDecimal } from '#platform/money.ts'
import type { Shipment } from '../../shipment.ts'
import type { OrderedGoods } from '../parcel-asked.ts'

/** What they must be told and we may not know: a small parcel. */
const GRAMS_USUAL = 500
const SIDE_CM = 10

/** What Shiprocket calls one of our parcels: by this it is found again after a crash. */
export const orderIdOf = (shipment: Shipment): string => `${shipment.orderNumber}-${shipment.id}`

/** A parcel as "create/adhoc" takes it: amounts in rupees, kilograms, centimetres. */
export function toAdhocOrder(shipment: Shipment, goods: OrderedGoods, pickupLocation: string): object {
  const { recipient, currency } = goods
  const amount = (minor: number) => Number(toDecimal(minor, currency))
  const [firstName = '', ...lastNames] = recipient.name.split(/\s+/)
  return {
    order_id: orderIdOf(shipment),
    order_date: goods.orderedAt.toISOString().slice(0, 16).replace('T', ' '),
    pickup_location: pickupLocation,
    billing_customer_name: firstName || 'Customer',
    billing_last_name: lastNames.join(' '),
    billing_address: recipient.lines[0] ?? '',
    billing_address_2: recipient.lines.slice(1).join(', '),
    billing_city: recipient.city,
    billing_pincode: recipient.postalCode,
    billing_state: recipient.state,
    billing_country: 'India',
    billing_email: recipient.email ?? '',
    billing_phone: (recipient.phone ?? '').replaceAll(/\D/g, '').slice(-10),
    shipping_is_billing: true,
    order_items: goods.items.map(({ name, sku, quantity, unitMinor, hsnCode }) => ({
      name,
      sku,
      units: quantity,
      selling_price: amount(unitMinor),
      ...(hsnCode && { hsn: hsnCode }),
    })),
    payment_method: goods.collectMinor > 0 ? 'COD' : 'Prepaid',
    sub_total: amount(goods.worthMinor),
    weight: (goods.grams || GRAMS_USUAL) / 1000,
    length: SIDE_CM,
    breadth: SIDE_CM,
    height: SIDE_CM,
  }
}

/** An amount of theirs, a number or a text, in minor units; undefined where it is none. */
export function readAmount(value: unknown, currency: string): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof number !== 'number' || !Number.isFinite(number) || number < 0) return undefined
  return Math.round(number * 10 ** digitsOf(currency))
}
