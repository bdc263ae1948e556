import { addCoupon } from '#commerce/promotions'
import { inTransaction } from '#platform/database'
import { type Answers, countBy, expect, faultsIn, type Race } from '../race.ts'
import { ordersOf, usesOf } from '../stage.queries.ts'

type Outcome = { answers: Answers; buyers: number; orders: number; uses: number }

export const singleUseCoupon: Race<Outcome> = {
  name: 'single-use-coupon',
  proves: 'A coupon for one order is good for one order, however many enter it at once.',
  run: async ({ begin, buyers, article, fill, order, mark, app }) => {
    const code = mark.toUpperCase().replaceAll(' ', '-')
    await inTransaction(app.db, (tx) => addCoupon(tx, { ...COUPON, code }))
    const wanted = await article(buyers.length)
    for (const buyer of buyers) await fill(buyer, wanted)
    begin()
    const answered = await Promise.all(
      buyers.map((buyer) => order(buyer, `${mark} ${buyer.accountId}`, { coupon_code: code })),
    )
    return {
      answers: countBy(answered.map(({ status }) => status)),
      buyers: buyers.length,
      orders: (await ordersOf(app.db, wanted.variantId)).length,
      uses: await usesOf(app.db, code),
    }
  },
  judge: ({ answers, buyers, orders, uses }) => [
    ...faultsIn(answers),
    ...expect('orders with the coupon', orders, 1),
    ...expect('uses that were counted', uses, 1),
    ...expect('buyers who were told that it is used up', answers[400] ?? 0, buyers - 1),
  ],
}

const COUPON = {
  ...{ description: '', discountType: 'percentage' as const, percent: '10', amountMinor: null, currency: null },
  ...{ minOrderMinor: null, maxDiscountMinor: null, usageLimit: 1, usageLimitPerAccount: null },
  ...{ validFrom: null, validTo: null, isActive: true, productIds: [], categoryIds: [], firstOrderOnly: false },
} satisfies Omit<Parameters<typeof addCoupon>[1], 'code'>
