/** /api/orders/cart/ (MP-110…MP-115). */
import type { Static } from 'typebox'
import { addToCart, type Cart, changeLine, emptyCart, readCart, removeLine } from '#commerce/cart'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import { Err, toOk } from '../http/envelope.ts'
import type { Routes, Server } from '../http/server.ts'
import {
  AddToCartWire,
  CartAnswerWire,
  CartItemAnswerWire,
  ChangeLineWire,
  ItemInPath,
  toCartWire,
  toItemWire,
} from './cart.wire.ts'

const CART = '/orders/cart/'
const ITEM = '/orders/cart/:item_id/'
const tags = ['marketplace cart']
const access = 'user'

export const cartRoutes: Routes = (server, app) => {
  readRoute(server, app)
  addRoute(server, app)
  changeRoutes(server, app)
  removeRoutes(server, app)
}

const cartOf = (app: App, accountId: number): Promise<Cart> =>
  readCart(app.db, { accountId }, { now: app.now(), currency: app.config.CURRENCY })

const toAnswer = (app: App, message: string, cart: Cart) => toOk(app, message, toCartWire(cart, app.config.PUBLIC_URL))

function toItemAnswer(app: App, message: string, line: Cart['lines'][number] | undefined, status = 200) {
  return toOk(app, message, toItemWire(line!, app.config.PUBLIC_URL), status)
}

function readRoute(server: Server, app: App): void {
  server.get(
    CART,
    {
      schema: {
        operationId: 'marketplaceReadCart',
        tags,
        summary: 'My cart, at the prices of this moment',
        response: { 200: CartAnswerWire, 401: Err, 403: Err },
      },
      config: { access, sqlBudget: 5 },
    },
    async (request) => toAnswer(app, 'Cart retrieved successfully.', await cartOf(app, viewerOf(request).accountId)),
  )
}

function addRoute(server: Server, app: App): void {
  server.post(
    CART,
    {
      schema: {
        operationId: 'marketplaceAddToCart',
        tags,
        summary: 'Put a product into the cart; what is there already adds up',
        body: AddToCartWire,
        response: { 201: CartItemAnswerWire, 400: Err, 401: Err, 403: Err, 404: Err },
      },
      config: { access, sqlBudget: 8 },
    },
    async (request, reply) => {
      const { product_id: productId, variant_id, quantity } = request.body
      const { accountId } = viewerOf(request)
      const cart = await addToCart(app, { accountId }, { productId, variantId: variant_id ?? undefined, quantity })
      const line = cart.lines.find(({ variantId }) => variantId === cart.addedVariantId)
      return reply.code(201).send(toItemAnswer(app, 'Item added to cart successfully.', line, 201))
    },
  )
}

function changeRoutes(server: Server, app: App): void {
  for (const [method, operationId] of [
    ['PUT', 'marketplaceReplaceCartItem'],
    ['PATCH', 'marketplaceChangeCartItem'],
  ] as const) {
    server.route({
      method,
      url: ITEM,
      schema: {
        operationId,
        tags,
        summary: 'Change how many of an item there are',
        params: ItemInPath,
        body: ChangeLineWire,
        response: { 200: CartItemAnswerWire, 400: Err, 401: Err, 403: Err, 404: Err },
      },
      config: { access, sqlBudget: 9 },
      handler: async (request) => {
        const { item_id } = request.params as Static<typeof ItemInPath>
        const { quantity } = request.body as Static<typeof ChangeLineWire>
        const cart = await changeLine(app, { accountId: viewerOf(request).accountId }, item_id, quantity)
        return toItemAnswer(
          app,
          'Cart item updated successfully.',
          cart.lines.find(({ id }) => id === item_id),
        )
      },
    })
  }
}

function removeRoutes(server: Server, app: App): void {
  server.delete(
    ITEM,
    {
      schema: {
        operationId: 'marketplaceRemoveCartItem',
        tags,
        summary: 'Take an item out of the cart',
        params: ItemInPath,
        response: { 200: CartAnswerWire, 401: Err, 403: Err, 404: Err },
      },
      config: { access, sqlBudget: 8 },
    },
    async (request) => {
      const { accountId } = viewerOf(request)
      await removeLine(app, { accountId }, request.params.item_id)
      return toAnswer(app, 'Item removed from cart successfully.', await cartOf(app, accountId))
    },
  )

  server.delete(
    CART,
    {
      schema: {
        operationId: 'marketplaceEmptyCart',
        tags,
        summary: 'Take everything out of the cart',
        response: { 200: CartAnswerWire, 401: Err, 403: Err },
      },
      config: { access, sqlBudget: 6 },
    },
    async (request) => {
      const { accountId } = viewerOf(request)
      await emptyCart(app, { accountId })
      return toAnswer(app, 'Cart emptied successfully.', await cartOf(app, accountId))
    },
  )
}
