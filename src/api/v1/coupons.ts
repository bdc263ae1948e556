/** /api/v1/coupons/: what staff keeps (V1-270), and what one is worth for a cart (V1-271, V1-272). */
import { type Static, Type } from 'typebox'
import { examineCoupon } from '#commerce/cart'
import { type Coupon, changeCoupon, createCoupon, getCoupon, listCoupons, removeCoupon } from '#commerce/promotions'
import { toDecimal } from '#platform/money.ts'
import type { App } from '../../commerce/app.ts'
import { PageOf, PageQuery, pageWanted, toPage } from '../http/paging.ts'
import type { Routes, Server } from '../http/server.ts'
import { IdInPath, Nothing, Problem, ProblemOfCode } from '../http/wire.ts'
import { cartOwnerOf } from './cart.ts'
import { CartHeaders } from './cart.wire.ts'
import {
  CouponChangesWire,
  CouponWire,
  couponValueOf,
  NewCouponWire,
  readCoupon,
  toCouponWire,
  ValidateCouponWire,
  ValidCouponWire,
} from './coupons.wire.ts'

const LIST = '/coupons/'
const ONE = '/coupons/:id/'
const tags = ['coupons']
const access = 'staff'
/** What a new coupon is where nothing else is said: for all, without limits. */
const USUAL: Omit<Coupon, 'code' | 'discountType'> = {
  description: '',
  percent: null,
  amountMinor: null,
  currency: null,
  minOrderMinor: null,
  maxDiscountMinor: null,
  usageLimit: null,
  usageLimitPerAccount: null,
  validFrom: null,
  validTo: null,
  isActive: true,
  productIds: [],
  categoryIds: [],
  firstOrderOnly: false,
}

export const couponRoutes: Routes = (server, app) => {
  listRoutes(server, app)
  oneRoutes(server, app)
  changeRoutes(server, app)
  validateRoute(server, app)
}

function listRoutes(server: Server, app: App): void {
  const { CURRENCY } = app.config
  server.get(
    LIST,
    {
      schema: {
        operationId: 'listCoupons',
        tags,
        summary: 'Coupons, newest first',
        querystring: Type.Object({ ...PageQuery, search: Type.Optional(Type.String({ maxLength: 200 })) }),
        response: { 200: PageOf(CouponWire), 401: Problem, 403: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 3 },
    },
    async (request) => {
      const wanted = pageWanted(request.query)
      const listed = await listCoupons(app.db, { search: request.query.search?.trim() || null }, wanted)
      return toPage(request, app.config.PUBLIC_URL, wanted, listed, (coupon) => toCouponWire(coupon, CURRENCY))
    },
  )

  server.post(
    LIST,
    {
      schema: {
        operationId: 'addCoupon',
        tags,
        summary: 'Add a coupon',
        body: NewCouponWire,
        response: { 201: CouponWire, 400: ProblemOfCode, 401: ProblemOfCode, 403: ProblemOfCode },
      },
      config: { access, sqlBudget: 5 },
    },
    async (request, reply) => {
      const { body } = request
      const traits = readCoupon(body, CURRENCY)
      const coupon = await createCoupon(app, { ...USUAL, code: body.code, discountType: body.discount_type, ...traits })
      return reply.code(201).send(toCouponWire(coupon, CURRENCY))
    },
  )
}

function oneRoutes(server: Server, app: App): void {
  server.get(
    ONE,
    {
      schema: {
        operationId: 'getCoupon',
        tags,
        summary: 'One coupon',
        params: IdInPath,
        response: { 200: CouponWire, 401: Problem, 403: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 2 },
    },
    async (request) => toCouponWire(await getCoupon(app.db, request.params.id), app.config.CURRENCY),
  )

  server.delete(
    ONE,
    {
      schema: {
        operationId: 'removeCoupon',
        tags,
        summary: 'Remove a coupon; orders keep what it gave them',
        params: IdInPath,
        response: { 204: Nothing, 401: Problem, 403: Problem, 404: Problem },
      },
      config: { access, sqlBudget: 4 },
    },
    async (request, reply) => {
      await removeCoupon(app, request.params.id)
      return reply.code(204).send()
    },
  )
}

function changeRoutes(server: Server, app: App): void {
  for (const [method, operationId] of [
    ['PUT', 'replaceCoupon'],
    ['PATCH', 'changeCoupon'],
  ] as const) {
    server.route({
      method,
      url: ONE,
      schema: {
        operationId,
        tags,
        summary: 'Change what is sent of a coupon',
        params: IdInPath,
        body: CouponChangesWire,
        response: { 200: CouponWire, 400: ProblemOfCode, 401: ProblemOfCode, 403: ProblemOfCode, 404: ProblemOfCode },
      },
      config: { access, sqlBudget: 8 },
      handler: async (request) => {
        const { id } = request.params as Static<typeof IdInPath>
        const before = await getCoupon(app.db, id)
        const changes = readCoupon(request.body as Static<typeof CouponChangesWire>, app.config.CURRENCY, before)
        return toCouponWire(await changeCoupon(app, id, changes), app.config.CURRENCY)
      },
    })
  }
}

function validateRoute(server: Server, app: App): void {
  server.post(
    '/coupons/validate/',
    {
      schema: {
        operationId: 'validateCoupon',
        tags,
        summary: 'What a coupon would take off the cart',
        headers: CartHeaders,
        body: ValidateCouponWire,
        response: { 200: ValidCouponWire, 400: ProblemOfCode, 401: ProblemOfCode },
      },
      config: { access: 'visitor', sqlBudget: 5 },
    },
    async (request) => {
      const { coupon, discountMinor, currency } = await examineCoupon(app, cartOwnerOf(request), request.body.code)
      return {
        valid: true,
        code: coupon.code,
        discount_type: coupon.discountType,
        value: couponValueOf(coupon),
        discount_amount: toDecimal(discountMinor, currency),
      }
    },
  )
}
