import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type SignedUp, signedUp } from '../../../test/accounts.ts'
import { ADDRESS, fillCart, stockedArticle } from '../../../test/goods.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { remindOfCarts } from './index.ts'

let server: TestServer
before(async () => {
  server = await openTestServer({ FRONTEND_URL: 'https://front.example' })
})
after(() => server.close())

const MINUTE_MS = 60_000

async function shopper(wantsNews: boolean): Promise<SignedUp> {
  const user = await signedUp(server)
  const body = { profile: { marketing_opt_in: wantsNews } }
  const { status, body: said } = await server.call('PATCH', '/api/v1/users/me/', { token: user.access, body })
  assert.equal(status, 200, JSON.stringify(said))
  await fillCart(server.shop, user.accountId, [await stockedArticle(server.shop), 2])
  return user
}
const lettersTo = async ({ email }: SignedUp) => {
  await server.shop.runJobs()
  return server.shop.letters.filter(({ to, subject }) => to === email && subject.includes('cart'))
}
const tokenIn = (text: string) => decodeURIComponent(/https:\/\/front\.example\/cart\?restore=(\S+)/.exec(text)![1]!)
const restore = (token: string, headers: Record<string, string> = {}, access?: string) =>
  server.call('POST', '/api/v1/cart/restore/', { body: { token }, headers, ...(access && { token: access }) })

test('a cart that was left for an hour is reminded of once, where its owner wants news', async () => {
  const [keen, quiet] = [await shopper(true), await shopper(false)]
  assert.equal(await remindOfCarts(server.shop), 0)
  server.shop.pass(60 * MINUTE_MS)
  const runs = await Promise.all([remindOfCarts(server.shop), remindOfCarts(server.shop), remindOfCarts(server.shop)])
  assert.equal(
    runs.reduce((sum, one) => sum + one, 0),
    1,
  )
  assert.equal(await remindOfCarts(server.shop), 0)
  const [letter, ...others] = await lettersTo(keen)
  assert.equal(others.length, 0)
  assert.match(letter!.text, /2 ?[×x] ?Article/)
  assert.match(letter!.text, /\$20\.00/)
  assert.deepEqual(await lettersTo(quiet), [])
})

test('an empty cart, one that was ordered, and one of more than a day ago are not reminded of', async () => {
  const [emptied, buyer, gone] = [await shopper(true), await shopper(true), await shopper(true)]
  await server.call('DELETE', '/api/v1/cart/', { token: emptied.access })
  const body = { shipping_address: ADDRESS, payment_method: 'cod' }
  assert.equal((await server.call('POST', '/api/v1/orders/', { token: buyer.access, body })).status, 201)
  server.shop.pass(61 * MINUTE_MS)
  server.shop.pass(24 * 60 * MINUTE_MS)
  assert.equal(await remindOfCarts(server.shop), 0)
  assert.deepEqual(await lettersTo(gone), [])
})

test('the link gives a guest what is in the cart, as often as it is followed, and its owner his own', async () => {
  const keen = await shopper(true)
  server.shop.pass(60 * MINUTE_MS)
  await remindOfCarts(server.shop)
  const [letter] = await lettersTo(keen)
  const token = tokenIn(letter!.text)
  const first = await restore(token)
  assert.equal(first.status, 200)
  assert.deepEqual([first.body.item_count, first.body.total], [2, '20.00'])
  const again = await restore(token, { 'x-cart-token': first.body.cart_token })
  assert.deepEqual([again.body.item_count, again.body.cart_token], [2, first.body.cart_token])
  const other = await signedUp(server)
  await fillCart(server.shop, other.accountId, [await stockedArticle(server.shop), 1])
  assert.equal((await restore(token, {}, other.access)).body.item_count, 3)
  const { body: login } = await server.call('POST', '/api/v1/auth/login/', {
    body: { email: keen.email, password: keen.password },
  })
  assert.deepEqual(
    [(await restore(token, {}, login.access)).body.item_count, (await restore(token)).body.item_count],
    [2, 2],
  )
})

test('a link that was made up, changed, or of a cart that is gone leads nowhere', async () => {
  const keen = await shopper(true)
  server.shop.pass(60 * MINUTE_MS)
  await remindOfCarts(server.shop)
  const token = tokenIn((await lettersTo(keen))[0]!.text)
  for (const wrong of ['x', '1.aaaaaaaaaaaaaaaaaaaaaa', token.replace(/^\d+/, '1'), `${token}x`]) {
    const { status, body } = await restore(wrong)
    assert.deepEqual([status, body], [400, { token: ['This link leads to no cart.'] }], wrong)
  }
  const { body: login } = await server.call('POST', '/api/v1/auth/login/', {
    body: { email: keen.email, password: keen.password },
  })
  const closing = { token: login.access, body: { password: keen.password } }
  assert.equal((await server.call('DELETE', '/api/v1/users/me/', closing)).status, 204)
  assert.equal((await restore(token)).status, 400)
})
