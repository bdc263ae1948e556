// Paying with real providers, told once for each of them: what goes well, and what a provider may do instead.
import assert from 'node:assert/strict'
import { after, afterEach, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { cancelUnpaidOrders, finishOpenRefunds, finishUnansweredPayments, followPayments } from '#commerce/checkout'
import { examine } from '#commerce/doctor'
import { booksOf, openTills, type Till, type Tills, tell, type Waiting } from '../gateway-doubles/tills.ts'

const TIMEOUT_MS = 2000
let shop: Tills
before(async () => {
  shop = await openTills(TIMEOUT_MS)
})
afterEach(() => {
  for (const { double } of shop.tills) double.recover()
})
after(async () => {
  const { broken } = await examine(shop.server.shop.db)
  await shop.close()
  assert.deepEqual(broken, [])
})

const books = (order: Waiting) => booksOf(shop.server, order.number)
const stateOf = async (order: Waiting) => {
  const { status, paymentStatus } = await books(order)
  return [status, paymentStatus]
}
const referenceOf = async (order: Waiting) => (await books(order)).payments.at(-1)!.providerReference!
const minutes = (count: number) => shop.server.shop.pass(count * 60_000)

/** An order with an intent, which the buyer has paid there or not. */
async function begun(till: Till, isPaid = false) {
  const order = await till.order()
  const { status, body } = await order.start()
  assert.ok(status === 200 || status === 201, JSON.stringify(body))
  const reference = await referenceOf(order)
  if (isPaid) till.pay(reference)
  return { order, reference }
}
async function paid(till: Till) {
  const { order, reference } = await begun(till, true)
  assert.equal((await tell(shop.server, till, till.paidEvent(reference))).status, 200)
  return { order, reference }
}

for (const [at, name] of (['stripe', 'paypal', 'razorpay'] as const).entries()) {
  const till = () => shop.tills[at]!
  describe(name, () => {
    test('V1-334 SF-355 the buyer pays, the webhook tells it, the order is worked; money was taken once', async () => {
      const { order, reference } = await paid(till())
      assert.deepEqual(await stateOf(order), ['processing', 'paid'])
      assert.equal(till().charges(reference), 1)
      assert.equal((await books(order)).payments[0]!.isOpen, false)
    })

    test('V1-334 SF-357 a webhook ten times at once, and then late ones, have one effect', async () => {
      const { order, reference } = await begun(till(), true)
      const event = till().paidEvent(reference)
      const answers = await Promise.all(Array.from({ length: 10 }, () => tell(shop.server, till(), event)))
      assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200])
      await tell(shop.server, till(), till().paidEvent(reference))
      assert.deepEqual(await stateOf(order), ['processing', 'paid'])
      assert.equal(till().charges(reference), 1)
      assert.equal(till().refunds(reference), 0)
    })

    test('V1-330 a provider that is dead: 503, and the order stays payable', async () => {
      const order = await till().order()
      till().double.fail(/./, 'tear')
      assert.equal((await order.start()).status, 503)
      assert.deepEqual(await stateOf(order), ['pending', 'pending'])
      till().double.recover()
      assert.ok((await order.start()).status < 300)
      assert.equal((await books(order)).payments.length, 1)
    })

    test('V1-330 a provider that thinks for half a minute locks no row: others look at the order meanwhile', async () => {
      const order = await till().order()
      till().double.fail(till().asks.intent, { lateMs: 30_000 })
      const asked = till().double.requests.length
      const slow = order.start()
      let isAnswered = false
      void slow.then(() => {
        isAnswered = true
      })
      while (
        !till()
          .double.requests.slice(asked)
          .some((line) => line.startsWith(till().asks.intent))
      )
        await sleep(10)
      const [looked, cancelled] = [await order.look(), await order.cancel()]
      assert.deepEqual([looked.status, cancelled.status, isAnswered], [200, 200, false])
      assert.equal((await slow).status, 503)
      till().double.recover()
      minutes(3)
      await finishUnansweredPayments(shop.server.shop)
      assert.deepEqual(await stateOf(order), ['cancelled', 'pending'])
    })

    test('V1-330 an answer that was lost: the same payment is asked for again, and there is one intent', async () => {
      const order = await till().order()
      const made = () => till().double.requests.filter((line) => line.startsWith(till().asks.intent)).length
      till().double.fail(till().asks.intent, 'tear afterwards', 1)
      assert.equal((await order.start()).status, 503)
      assert.equal(await finishUnansweredPayments(shop.server.shop), 0)
      minutes(3)
      assert.equal(await finishUnansweredPayments(shop.server.shop), 1)
      const reference = await referenceOf(order)
      till().pay(reference)
      await tell(shop.server, till(), till().paidEvent(reference))
      assert.deepEqual(await stateOf(order), ['processing', 'paid'])
      assert.equal((await books(order)).payments.length, 1)
      assert.ok(made() >= 2 || name === 'razorpay')
    })

    test('V1-334 a provider that stays silent is asked ever more seldom', async () => {
      const order = await till().order()
      till().double.fail(till().asks.intent, 'tear')
      if (name === 'razorpay') till().double.fail('GET /v1/orders', 'tear')
      await order.start()
      let asked = 0
      for (let minute = 0; minute < 60; minute += 1) {
        minutes(1)
        asked += await finishUnansweredPayments(shop.server.shop)
      }
      assert.ok(asked >= 4 && asked <= 6, `${asked} times in an hour`)
      till().double.recover()
      minutes(65)
      assert.equal(await finishUnansweredPayments(shop.server.shop), 1)
    })

    test('V1-334 a webhook that was lost: the sweeper asks, and settles the payment', async () => {
      const { order, reference } = await begun(till(), true)
      const asked = () => till().double.requests.filter((line) => line.includes(reference)).length
      const before = asked()
      await followPayments(shop.server.shop)
      assert.equal(asked(), before)
      minutes(4)
      till().double.fail(/./, 'tear')
      await followPayments(shop.server.shop)
      assert.deepEqual(await stateOf(order), ['pending', 'pending'])
      till().double.recover()
      minutes(7)
      await followPayments(shop.server.shop)
      assert.deepEqual(await stateOf(order), ['processing', 'paid'])
      assert.equal(till().charges(reference), 1)
      await tell(shop.server, till(), till().paidEvent(reference))
      assert.deepEqual([till().charges(reference), till().refunds(reference)], [1, 0])
    })

    test('V1-313 an order whose money came unheard is paid when its time is over, and one without is cancelled', async () => {
      const heard = await begun(till(), true)
      const unpaid = await begun(till())
      minutes(61)
      await cancelUnpaidOrders(shop.server.shop)
      assert.deepEqual(await stateOf(heard.order), ['processing', 'paid'])
      assert.deepEqual(await stateOf(unpaid.order), ['cancelled', 'pending'])
      assert.equal((await books(unpaid.order)).payments[0]!.status, 'cancelled')
    })

    test('V1-313 a provider that is silent holds an unpaid order up for an hour, not for ever; money that came is given back', async () => {
      const { order, reference } = await begun(till(), true)
      till().double.fail(/./, 'tear')
      minutes(61)
      await cancelUnpaidOrders(shop.server.shop)
      assert.deepEqual(await stateOf(order), ['pending', 'pending'])
      minutes(61)
      await cancelUnpaidOrders(shop.server.shop)
      assert.deepEqual(await stateOf(order), ['cancelled', 'pending'])
      till().double.recover()
      minutes(65)
      await followPayments(shop.server.shop)
      // Only Stripe takes money by itself; what we did not take of others goes back by itself.
      assert.equal(till().charges(reference), name === 'stripe' ? 1 : 0)
      assert.equal(till().refunds(reference), till().charges(reference))
      const [payment] = (await books(order)).payments
      assert.deepEqual([payment!.status, payment!.isOpen], [name === 'stripe' ? 'refunded' : 'cancelled', false])
    })

    test('V1-334 SF-361 money that comes for a cancelled order is not kept', async () => {
      const { order, reference } = await begun(till())
      till().double.fail(till().asks.fate, 'tear')
      assert.equal((await order.cancel()).status, 200)
      till().double.recover()
      till().pay(reference)
      const { status } = await tell(shop.server, till(), till().paidEvent(reference))
      assert.equal(status, 200)
      assert.equal((await books(order)).status, 'cancelled')
      assert.equal(till().charges(reference), till().refunds(reference))
      minutes(65)
      await followPayments(shop.server.shop)
      assert.equal((await books(order)).payments[0]!.isOpen, false)
    })

    test('V1-334 an event that comes before our own note of the intent is not lost', async () => {
      const order = await till().order()
      till().double.fail(till().asks.intent, 'tear afterwards', 1)
      assert.equal((await order.start()).status, 503)
      const { payments } = await books(order)
      const reference = till().referenceOf(payments[0]!.id)
      till().pay(reference)
      assert.equal((await tell(shop.server, till(), till().paidEvent(reference))).status, 200)
      assert.deepEqual(await stateOf(order), ['processing', 'paid'])
      assert.equal(await referenceOf(order), reference)
      assert.equal(till().charges(reference), 1)
    })

    test('V1-337 a refund whose answer was lost is made once, and its webhook changes nothing more', async () => {
      const { order, reference } = await paid(till())
      const give = await till().refund(order, shop.server)
      till().double.fail(till().asks.refund, 'tear afterwards', 1)
      await give()
      assert.equal(till().refunds(reference), 1)
      minutes(2)
      await finishOpenRefunds(shop.server.shop)
      assert.equal(till().refunds(reference), 1)
      const after = (await books(order)).payments[0]!
      assert.deepEqual([after.status, after.refundedMinor], ['refunded', after.amountMinor])
      assert.equal((await tell(shop.server, till(), till().refundedEvent(reference))).status, 200)
      assert.equal((await books(order)).payments[0]!.refundedMinor, after.amountMinor)
    })

    test('V1-337 a refund that nobody answers is owed, and asked for ever more seldom', async () => {
      const { order, reference } = await paid(till())
      const give = await till().refund(order, shop.server)
      till().double.fail(till().asks.refund, 'tear')
      await give()
      let asked = 0
      for (let minute = 0; minute < 60; minute += 1) {
        minutes(1)
        asked += await finishOpenRefunds(shop.server.shop)
      }
      assert.ok(asked >= 4 && asked <= 7, `${asked} times in an hour`)
      till().double.recover()
      minutes(65)
      await finishOpenRefunds(shop.server.shop)
      assert.equal(till().refunds(reference), 1)
      assert.equal((await books(order)).payments[0]!.status, 'refunded')
    })
  })
}
