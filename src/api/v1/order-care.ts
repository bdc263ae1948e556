/** What staff does for orders beside moving them on: notes, another address, orders for a customer who called. */
import { type Static, Type } from 'typebox'
import { changeOrderAddress, chooseItems, placeOrder } from '#commerce/checkout'
import { type Account, findAccount, type Viewer } from '#commerce/identity'
import { addOrderNote, getOrderByNumber, listOrderNotes, type Order, type OrderNote } from '#commerce/orders'
import { inTransaction } from '#platform/database'
import { invalidFields } from '#platform/refusal.ts'
import type { App } from '../../commerce/app.ts'
import { viewerOf } from '../http/access.ts'
import { toBuyer } from '../http/buyer.ts'
import { answerOnce } from '../http/idempotency.ts'
import type { Routes, Server } from '../http/server.ts'
import { Problem } from '../http/wire.ts'
import { AddNoteWire, ChangeAddressWire, NoteWire, OrderForCustomerWire, toNoteWire } from './order-care.wire.ts'
import { readCheckout } from './orders.ts'
import { OrderNumberInPath, OrderWire, readAddress, toOrderWire } from './orders.wire.ts'

const tags = ['orders']
const NOTES = '/orders/:order_number/notes/'

export const orderCareRoutes: Routes = (server, app) => {
  listNotesRoute(server, app)
  addNoteRoute(server, app)
  changeAddressRoute(server, app)
  orderForCustomerRoute(server, app)
}

const scopeOf = (viewer: Viewer) => ({ accountId: viewer.isStaff ? null : viewer.accountId })
const wireFor = (app: App) => (order: Order) => toOrderWire(order, app.config.PUBLIC_URL)

function listNotesRoute(server: Server, app: App): void {
  server.get(
    NOTES,
    {
      schema: {
        operationId: 'listOrderNotes',
        summary: 'What staff has noted about an order; the buyer reads what is meant for him',
        tags,
        params: OrderNumberInPath,
        response: { 200: Type.Array(NoteWire), 401: Problem, 404: Problem },
      },
      config: { access: 'user', sqlBudget: 3 },
    },
    async (request) => {
      const viewer = viewerOf(request)
      const order = await getOrderByNumber(app.db, request.params.order_number, scopeOf(viewer))
      const notes = await listOrderNotes(app.db, order.id, { shownOnly: !viewer.isStaff })
      // Who of the staff it was is nobody else's business.
      return notes.map((note) => toNoteWire(viewer.isStaff ? note : { ...note, author: 'staff' }))
    },
  )
}

function addNoteRoute(server: Server, app: App): void {
  server.post(
    NOTES,
    {
      schema: {
        operationId: 'addOrderNote',
        summary: 'Note something about an order',
        tags,
        params: OrderNumberInPath,
        body: AddNoteWire,
        response: { 201: NoteWire, 400: Problem, 401: Problem, 403: Problem, 404: Problem, 409: Problem },
      },
      config: { access: 'staff', sqlBudget: 8 },
    },
    async (request, reply) => {
      const { accountId, email } = viewerOf(request)
      const { text, is_shown: isShown } = request.body
      const order = await getOrderByNumber(app.db, request.params.order_number, { accountId: null })
      const note = { text, isShown: isShown ?? false, author: email ?? `staff ${accountId}` }
      return answerOnce(app, request, reply, 201, toNoteWire, (alongside) =>
        inTransaction(app.db, async (tx): Promise<OrderNote> => {
          const added = await addOrderNote(tx, order.id, note, app.now())
          await alongside(tx, added)
          return added
        }),
      )
    },
  )
}

function changeAddressRoute(server: Server, app: App): void {
  server.patch(
    '/orders/:order_number/address/',
    {
      schema: {
        operationId: 'changeOrderAddress',
        summary: 'Send an order elsewhere, before it is packed',
        tags,
        params: OrderNumberInPath,
        body: ChangeAddressWire,
        response: { 200: OrderWire, 400: Problem, 401: Problem, 404: Problem },
      },
      config: { access: 'user', sqlBudget: 11 },
    },
    async (request) => {
      const viewer = viewerOf(request)
      const { shipping_address_id: id, shipping_address: written } = request.body
      const choice = {
        ...(typeof id === 'number' && { shippingAddressId: id }),
        ...(written && { shippingAddress: readAddress(written) }),
      }
      const by = { actor: viewer.isStaff ? 'staff' : 'customer', actorId: viewer.accountId }
      const ref = { number: request.params.order_number }
      return wireFor(app)(await changeOrderAddress(app, ref, scopeOf(viewer), choice, by))
    },
  )
}

function orderForCustomerRoute(server: Server, app: App): void {
  server.post(
    '/orders/on-behalf/',
    {
      schema: {
        operationId: 'placeOrderOnBehalf',
        summary: 'Order something for a customer',
        description: 'The cart of the customer stays as it is; he is told by mail, and pays as he always does.',
        tags,
        body: OrderForCustomerWire,
        response: { 201: OrderWire, 400: Problem, 401: Problem, 403: Problem, 409: Problem },
      },
      config: { access: 'staff', sqlBudget: 18 },
    },
    async (request, reply) => {
      const { accountId: actorId } = viewerOf(request)
      const { user_id: accountId, items, ...rest } = request.body
      return answerOnce(app, request, reply, 201, wireFor(app), async (alongside) => {
        const account = await accountOf(app, accountId)
        const buyer = { ...toBuyer({ ...account, accountId }, 'v1'), placedBy: { actor: 'staff', actorId } }
        const { usesCartCoupon: _, ...checkout } = readCheckout(rest)
        const chosen = await chooseItems(app.db, items.map(readItem))
        return placeOrder(app, buyer, { ...checkout, items: chosen }, alongside)
      })
    },
  )
}

const readItem = (item: Static<typeof OrderForCustomerWire>['items'][number]) => ({
  productId: item.product_id,
  variantId: item.variant_id ?? undefined,
  quantity: item.quantity,
})

async function accountOf(app: App, accountId: number): Promise<Account> {
  const account = await findAccount(app.db, accountId)
  if (!account || account.disabledAt) throw invalidFields({ user_id: 'account_unknown' })
  return account
}
