/** /api/v1/cart/: the cart of a signed-in user, or of the guest with the token (V1-250…V1-259). */
import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  addToCart,
  type Cart,
  type CartOwner,
  changeLine,
  emptyCart,
  enterCoupon,
  mergeCarts,
  readCart,
  removeCartCoupon,
  removeLine,
  restoreCart,
} from '#commerce/cart'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import type { Routes, Server } from '../http/server.ts'
import { IdInPath, Nothing, Problem, ProblemOfCode } from '../http/wire.ts'
import {
  AddToCartWire,
  CartHeaders,
  CartWire,
  ChangeLineWire,
  EnterCouponWire,
  MergeCartsWire,
  RestoreCartWire,
  toCartWire,
} from './cart.wire.ts'

const CART = '/cart/'
const ITEMS = '/cart/items/'
const ITEM = '/cart/items/:id/'
const tags = ['cart']
const headers = CartHeaders
const access = 'visitor'

export const cartRoutes: Routes = (server, app) => {
  readRoute(server, app)
  addRoute(server, app)
  changeRoute(server, app)
  removeRoutes(server, app)
  mergeRoute(server, app)
  couponRoutes(server, app)
  restoreRoute(server, app)
}

/** Whose cart a request is about: the user's if somebody is signed in, else that of the token; nobody's without both. */
export function cartOwnerOf(request: FastifyRequest): CartOwner | undefined {
  if (request.viewer) return { accountId: request.viewer.accountId }
  const token = request.headers['x-cart-token']
  return typeof token === 'string' && token !== '' ? { token } : undefined
}

/** The cart, and the guest's token in a header as well. */
function presentCart(app: App, reply: FastifyReply, cart: Cart) {
  if (cart.token !== null) reply.header('X-Cart-Token', cart.token)
  return toCartWire(cart, app.config.PUBLIC_URL)
}

function readRoute(server: Server, app: App): void {
  server.get(
    CART,
    {
      schema: {
        operationId: 'readCart',
        tags,
        summary: 'My cart, at the prices of this moment',
        headers,
        response: { 200: CartWire, 401: Problem },
      },
      config: { access, sqlBudget: 5 },
    },
    async (request, reply) => {
      const reading = { now: app.now(), currency: app.config.CURRENCY }
      return presentCart(app, reply, await readCart(app.db, cartOwnerOf(request), reading))
    },
  )
}

function addRoute(server: Server, app: App): void {
  server.post(
    ITEMS,
    {
      schema: {
        operationId: 'addToCart',
        tags,
        summary: 'Put a product into my cart',
        description: 'A guest without a token gets one: in the cart, and in the header X-Cart-Token.',
        headers,
        body: AddToCartWire,
        response: { 201: CartWire, 400: Problem, 401: Problem },
      },
      config: { access, sqlBudget: 8 },
    },
    async (request, reply) => {
      const { product_id: productId, variant_id: variantId, quantity } = request.body
      const wanted = { productId, variantId: variantId ?? undefined, quantity }
      const cart = await addToCart(app, cartOwnerOf(request), wanted)
      return reply.code(201).send(presentCart(app, reply, cart))
    },
  )
}

function changeRoute(server: Server, app: App): void {
  server.patch(
    ITEM,
    {
      schema: {
        operationId: 'changeCartLine',
        tags,
        summary: 'Set the quantity of an item',
        headers,
        params: IdInPath,
        body: ChangeLineWire,
        response: { 200: CartWire, 400: Problem, 401: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 9 },
    },
    async (request, reply) => {
      const { id } = request.params
      return presentCart(app, reply, await changeLine(app, cartOwnerOf(request), id, request.body.quantity))
    },
  )
}

function removeRoutes(server: Server, app: App): void {
  server.delete(
    ITEM,
    {
      schema: {
        operationId: 'removeCartLine',
        tags,
        summary: 'Remove an item from my cart',
        headers,
        params: IdInPath,
        response: { 204: Nothing, 401: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 4 },
    },
    async (request, reply) => {
      await removeLine(app, cartOwnerOf(request), request.params.id)
      return reply.code(204).send()
    },
  )

  server.delete(
    CART,
    {
      schema: {
        operationId: 'emptyCart',
        tags,
        summary: 'Empty my cart',
        headers,
        response: { 204: Nothing, 401: Problem },
      },
      config: { access, sqlBudget: 4 },
    },
    async (request, reply) => {
      await emptyCart(app, cartOwnerOf(request))
      return reply.code(204).send()
    },
  )
}

function mergeRoute(server: Server, app: App): void {
  server.post(
    '/cart/merge/',
    {
      schema: {
        operationId: 'mergeCarts',
        tags,
        summary: "Put a guest's cart into mine",
        body: MergeCartsWire,
        response: { 200: CartWire, 400: Problem, 401: Problem },
      },
      config: { access: 'user', sqlBudget: 14 },
    },
    async (request, reply) =>
      presentCart(app, reply, await mergeCarts(app, viewerOf(request).accountId, request.body.cart_token)),
  )
}

function couponRoutes(server: Server, app: App): void {
  server.post(
    '/cart/coupon/',
    {
      schema: {
        operationId: 'enterCartCoupon',
        tags,
        summary: 'Enter a coupon',
        description: 'It is used when an order is made of the cart.',
        headers,
        body: EnterCouponWire,
        response: { 200: CartWire, 400: ProblemOfCode, 401: ProblemOfCode },
      },
      config: { access, sqlBudget: 12 },
    },
    async (request, reply) => presentCart(app, reply, await enterCoupon(app, cartOwnerOf(request), request.body.code)),
  )

  server.delete(
    '/cart/coupon/',
    {
      schema: {
        operationId: 'removeCartCoupon',
        tags,
        summary: 'Take the coupon out of my cart',
        headers,
        response: { 200: CartWire, 401: Problem },
      },
      config: { access, sqlBudget: 6 },
    },
    async (request, reply) => presentCart(app, reply, await removeCartCoupon(app, cartOwnerOf(request))),
  )
}

function restoreRoute(server: Server, app: App): void {
  server.post(
    '/cart/restore/',
    {
      schema: {
        operationId: 'restoreCart',
        tags,
        summary: 'Go on with the cart that a mail reminds of',
        description: 'Who is not signed in gets what is in it into a cart of his own.',
        headers,
        body: RestoreCartWire,
        response: { 200: CartWire, 400: Problem, 401: Problem },
      },
      config: { access, sqlBudget: 13 },
    },
    async (request, reply) => presentCart(app, reply, await restoreCart(app, cartOwnerOf(request), request.body.token)),
  )
}
