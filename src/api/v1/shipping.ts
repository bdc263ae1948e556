/** /api/v1/shipping/: how goods can travel, and what it costs (V1-285, V1-286). */

import type { Static } from 'typebox'
import { Type } from 'typebox'
import { quoteShipping } from '#commerce/checkout'
import { listMethods } from '#commerce/shipping'
import { type FieldCodes, invalidFields } from '#platform/refusal.ts'
import type { Routes } from '../http/server.ts'
import { Problem } from '../http/wire.ts'
import { cartOwnerOf } from './cart.ts'
import { CartHeaders } from './cart.wire.ts'
import { ShippingMethodWire, ShippingRatesQueryWire, ShippingRatesWire, toShippingMethodWire } from './shipping.wire.ts'

const tags = ['shipping']

export const shippingRoutes: Routes = (server, app) => {
  server.get(
    '/shipping/methods/',
    {
      schema: {
        operationId: 'listShippingMethods',
        tags,
        summary: 'How goods can travel, and what it usually costs',
        querystring: Type.Object({ currency: Type.Optional(Type.String({ description: "default: the shop's" })) }),
        response: { 200: Type.Array(ShippingMethodWire) },
      },
      config: { access: 'public', sqlBudget: 1 },
    },
    async ({ query }) => {
      const currency = query.currency?.toUpperCase() ?? app.config.CURRENCY
      return (await listMethods(app.db)).filter((method) => method.currency === currency).map(toShippingMethodWire)
    },
  )

  server.post(
    '/shipping/rates/',
    {
      schema: {
        operationId: 'quoteShipping',
        tags,
        summary: 'What shipping would cost',
        description: 'For the items, or else for the cart, to one of my addresses or to a country and postal code.',
        headers: CartHeaders,
        body: ShippingRatesQueryWire,
        response: { 200: ShippingRatesWire, 400: Problem, 401: Problem },
      },
      config: { access: 'visitor', sqlBudget: 5 },
    },
    async (request) => {
      const quotes = await quoteShipping(app, {
        destination: destinationOf(request.body),
        items: request.body.items?.map((item) => ({ productId: item.product_id, quantity: item.quantity })),
        cart: cartOwnerOf(request),
        accountId: request.viewer?.accountId,
      })
      return { rates: quotes.map(toShippingMethodWire) }
    },
  )
}

/** An address of the book goes before a place written out. Refuses when neither is whole. */
function destinationOf({
  address_id: addressId,
  country,
  postal_code: postalCode,
}: Static<typeof ShippingRatesQueryWire>) {
  if (addressId != null) return { addressId }
  if (country !== undefined && postalCode !== undefined) return { country, postalCode }
  const faults: FieldCodes = {}
  if (country === undefined) faults.country = 'required'
  if (postalCode === undefined) faults.postal_code = 'required'
  throw invalidFields(faults)
}
