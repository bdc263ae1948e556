/** /api/v1/wishlist/: what the signed-in user would like to have (V1-400). */
import { addWish, moveWishToCart, readWishlist, removeWish } from '#commerce/customers'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import type { Routes, Server } from '../http/server.ts'
import { Nothing, Problem } from '../http/wire.ts'
import { CartWire, toCartWire } from './cart.wire.ts'
import { ProductInPath, toWishWire, WishInputWire, WishlistWire, WishWire } from './wishlist.wire.ts'

const ITEMS = '/wishlist/items/'
const ITEM = `${ITEMS}:product_id/`
const tags = ['wishlist']
const access = 'user'

export const wishlistRoutes: Routes = (server, app) => {
  readRoute(server, app)
  addRoute(server, app)
  removeRoutes(server, app)
}

function readRoute(server: Server, app: App): void {
  server.get(
    '/wishlist/',
    {
      schema: {
        operationId: 'readWishlist',
        tags,
        summary: 'What I wish for, the newest first',
        description: 'What is hidden from the shop meanwhile stays in the list, with `is_active` false.',
        response: { 200: WishlistWire, 401: Problem },
      },
      config: { access, sqlBudget: 3 },
    },
    async (request) => {
      const wishes = await readWishlist(app.db, viewerOf(request).accountId)
      return { items: wishes.map((wish) => toWishWire(wish, app.config.PUBLIC_URL)), count: wishes.length }
    },
  )
}

function addRoute(server: Server, app: App): void {
  server.post(
    ITEMS,
    {
      schema: {
        operationId: 'addWish',
        tags,
        summary: 'Wish for a product',
        description: '201; 200 where it was wished for already.',
        body: WishInputWire,
        response: { 200: WishWire, 201: WishWire, 400: Problem, 401: Problem },
      },
      config: { access, sqlBudget: 6 },
    },
    async (request, reply) => {
      const { isNew, ...wish } = await addWish(app, viewerOf(request).accountId, request.body.product_id)
      return reply.code(isNew ? 201 : 200).send(toWishWire(wish, app.config.PUBLIC_URL))
    },
  )
}

function removeRoutes(server: Server, app: App): void {
  server.delete(
    ITEM,
    {
      schema: {
        operationId: 'removeWish',
        tags,
        summary: 'Wish for it no longer',
        params: ProductInPath,
        response: { 204: Nothing, 401: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 4 },
    },
    async (request, reply) => {
      await removeWish(app, viewerOf(request).accountId, request.params.product_id)
      return reply.code(204).send()
    },
  )
  server.post(
    `${ITEM}move-to-cart/`,
    {
      schema: {
        operationId: 'moveWishToCart',
        tags,
        summary: 'Put one of it into my cart, and wish for it no longer',
        params: ProductInPath,
        response: { 200: CartWire, 400: Problem, 401: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 8 },
    },
    async (request) => {
      const cart = await moveWishToCart(app, viewerOf(request).accountId, request.params.product_id)
      return toCartWire(cart, app.config.PUBLIC_URL)
    },
  )
}
