/** /api/cart/: the cart of a signed-in user, or of the visitor with the cookie (SF-260…SF-285). */
import type { FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import { findProducts } from '#commerce/browse'
import {
  addToCart,
  type Cart,
  type CartOwner,
  changeLine,
  chooseVariant,
  readCart,
  removeLine,
  shortagesOf,
} from '#commerce/cart'
import { missing, Refusal } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import type { Routes, Server } from '../http/server.ts'
import { cartTokenOf } from '../http/visitor-session.ts'
import { IdInPath, Nothing } from '../http/wire.ts'
import { AddToCartWire, CartWire, ChangeLineWire, StatusWire, toCartWire, toShortageText } from './cart.wire.ts'
import { cartChangeSays, cartSays } from './cart-refusals.ts'
import { choosePriceWeight } from './choose-price-weight.ts'
import { Fault } from './faults.wire.ts'

const tags = ['storefront cart']
/** Who has no cookie yet does not get one here: there is no cart to be had with it (SF-268). */
const config = { access: 'visitor', beginsVisits: false, says: cartSays } as const

export const cartRoutes: Routes = (server, app) => {
  addRoute(server, app)
  readRoute(server, app)
  changeRoutes(server, app)
  validateRoute(server, app)
  removeRoute(server, app)
}

/** Whose cart it is; 401 for nobody's. It is asked before what was sent is looked at. */
function ownerOf(request: FastifyRequest, app: App): CartOwner {
  if (request.viewer) return { accountId: request.viewer.accountId }
  const { visitorId } = request
  if (visitorId === undefined) throw new Refusal('unauthenticated', 'not_authenticated', 'Nobody is known')
  return { token: cartTokenOf(visitorId, app.config), isOurs: true, visitorId }
}

function checkedOwnerOf(request: FastifyRequest, app: App): CartOwner {
  const owner = ownerOf(request, app)
  if (request.validationError) throw request.validationError
  return owner
}

function addRoute(server: Server, app: App): void {
  server.post(
    '/cart/add_to_cart/',
    {
      attachValidation: true,
      schema: {
        operationId: 'storefrontAddToCart',
        tags,
        summary: 'Put a price and weight of a product into the cart; what is there already adds up',
        body: AddToCartWire,
        response: { 201: StatusWire, 400: Fault, 401: Fault, 404: Fault },
      },
      config: { ...config, sqlBudget: 9 },
    },
    async (request, reply) => {
      const owner = checkedOwnerOf(request, app)
      const { product_id: productId, quantity, price_weight } = request.body
      const { variantId } = await choosePriceWeight(app.db, productId, price_weight)
      await addToCart(app, owner, { productId, variantId, quantity })
      return reply.code(201).send({ status: 'Added to cart' })
    },
  )
}

/** Refuses `cart_not_found` where nothing was ever put in. */
async function getCart(app: App, owner: CartOwner): Promise<Cart> {
  const cart = await readCart(app.db, owner, { now: app.now(), currency: 'INR' })
  if (cart.id === null) throw missing('cart')
  return cart
}

function readRoute(server: Server, app: App): void {
  server.get(
    '/cart/retrieve_cart/',
    {
      schema: {
        operationId: 'storefrontReadCart',
        tags,
        summary: 'My cart, at the prices of this moment',
        response: { 200: CartWire, 401: Fault, 404: Fault },
      },
      config: { ...config, sqlBudget: 6 },
    },
    async (request) => {
      const cart = await getCart(app, ownerOf(request, app))
      const productIds = [...new Set(cart.lines.map(({ offer }) => offer.productId))]
      const products = productIds.length > 0 ? await findProducts(app.db, productIds) : []
      return toCartWire(cart, products, request.viewer?.accountId ?? null, app.config.PUBLIC_URL)
    },
  )
}

function changeRoutes(server: Server, app: App): void {
  for (const [method, operationId] of [
    ['PUT', 'storefrontReplaceCartItem'],
    ['PATCH', 'storefrontChangeCartItem'],
  ] as const) {
    server.route({
      method,
      url: '/cart/:id/update_cart_item/',
      attachValidation: true,
      schema: {
        operationId,
        tags,
        summary: 'Change the quantity of an item, its price and weight, or both',
        params: IdInPath,
        body: ChangeLineWire,
        response: { 200: StatusWire, 400: Fault, 401: Fault, 404: Fault },
      },
      config: { ...config, says: cartChangeSays, sqlBudget: 16 },
      handler: async (request) => {
        const owner = checkedOwnerOf(request, app)
        const { id } = request.params as Static<typeof IdInPath>
        await changeItem(app, owner, id, request.body as Static<typeof ChangeLineWire>)
        return { status: 'Cart item updated' }
      },
    })
  }
}

async function changeItem(
  app: App,
  owner: CartOwner,
  lineId: number,
  { quantity, price_weight }: Static<typeof ChangeLineWire>,
): Promise<void> {
  if (quantity === undefined && price_weight === undefined)
    throw new Refusal('invalid', 'nothing_to_change', 'Nothing was sent to change')
  if (price_weight === undefined) {
    await changeLine(app, owner, lineId, quantity!)
    return
  }
  const cart = await readCart(app.db, owner, { now: app.now(), currency: 'INR' })
  const line = cart.lines.find(({ id }) => id === lineId)
  if (!line) throw missing('cart_line')
  const { variantId } = await choosePriceWeight(app.db, line.offer.productId, price_weight)
  await chooseVariant(app, owner, lineId, { variantId, quantity })
}

function validateRoute(server: Server, app: App): void {
  server.post(
    '/cart/validate_cart/',
    {
      schema: {
        operationId: 'storefrontValidateCart',
        tags,
        summary: 'Whether everything in the cart can be ordered as it is',
        response: { 200: StatusWire, 400: Fault, 401: Fault, 404: Fault },
      },
      config: { ...config, sqlBudget: 5 },
    },
    async (request) => {
      const cart = await getCart(app, ownerOf(request, app))
      if (cart.lines.length === 0) throw new Refusal('invalid', 'empty_cart', 'The cart is empty')
      const short = shortagesOf(cart).map(toShortageText)
      if (short.length > 0) throw new Refusal('conflict', 'short_of_stock', 'Too few of something', { short })
      return { status: 'Cart is valid' }
    },
  )
}

function removeRoute(server: Server, app: App): void {
  server.delete(
    '/cart/:id/',
    {
      schema: {
        operationId: 'storefrontRemoveCartItem',
        tags,
        summary: 'Take an item out of the cart',
        params: IdInPath,
        response: { 204: Nothing, 401: Fault, 404: Fault },
      },
      config: { ...config, sqlBudget: 4 },
    },
    async (request, reply) => {
      await removeLine(app, ownerOf(request, app), request.params.id)
      return reply.code(204).send()
    },
  )
}
