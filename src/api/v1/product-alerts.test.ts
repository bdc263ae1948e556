import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { tellWatchers } from '#commerce/notifications'
import { type SignedUp, signedUp, staffMember } from '../../../test/accounts.ts'
import { type ProductWishes, stockedProduct } from '../../../test/products.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { buy, type StockKeeper, stockKeeper } from '../../../test/stock.ts'

let server: TestServer
let keeper: StockKeeper
let staff: SignedUp
before(async () => {
  server = await openTestServer({ FRONTEND_URL: 'https://front.example' })
  keeper = await stockKeeper(server)
  staff = await staffMember(server)
})
after(() => server.close())

const MINE = '/api/v1/users/me/alerts/'
const SETTINGS = `${MINE}settings/`
const start = ({ access: token }: { access: string }, product: string | number, body: object) =>
  server.call('POST', `/api/v1/products/${product}/alerts/`, { token, body })
const mine = async ({ access: token }: SignedUp) => (await server.call('GET', MINE, { token })).body
const soldOut = (rest: ProductWishes = {}) => stockedProduct(server, { stock: 0, ...rest })
const priceAt = async (id: number, price: string) => {
  const { status } = await server.call('PATCH', `/api/v1/products/${id}/`, { token: staff.access, body: { price } })
  assert.equal(status, 200)
}

/** What somebody was told since he was asked last: subjects of letters, and the newest notice first. */
async function toldTo({ email, access: token }: SignedUp) {
  await tellWatchers(server.shop)
  await server.shop.runJobs()
  const letters = server.shop.letters.filter(({ to }) => to === email)
  const { body } = await server.call('GET', '/api/v1/notifications/', { token })
  return { letters, subjects: letters.map(({ subject }) => subject), notices: body.results }
}

test('V1-372 back in stock is asked for by id or slug, once, listed and taken back', async () => {
  const [user, other] = [await signedUp(server), await signedUp(server)]
  const product = await soldOut()
  const { status, body } = await start(user, product.slug, { kind: 'back_in_stock' })
  assert.equal(status, 201)
  const { id, created_at, product: shown, ...rest } = body
  assert.deepEqual([shown.id, Date.parse(created_at) > 0], [product.id, true])
  assert.deepEqual(rest, { kind: 'back_in_stock', variant_id: null, price: null })
  const again = await start(user, product.id, { kind: 'back_in_stock' })
  assert.deepEqual([again.status, again.body.id], [200, id])
  const ofVariant = await start(user, product.id, { kind: 'price_drop', variant_id: product.variantId })
  assert.deepEqual([ofVariant.status, ofVariant.body.price], [201, '10.00'])
  const listed = await mine(user)
  assert.deepEqual([listed.count, listed.items.map((each: { id: number }) => each.id)], [2, [ofVariant.body.id, id]])
  const remove = (by: SignedUp) => server.call('DELETE', `${MINE}${id}/`, { token: by.access })
  assert.deepEqual(
    [(await remove(other)).status, (await remove(user)).status, (await remove(user)).status],
    [404, 204, 404],
  )
  assert.equal((await mine(user)).count, 1)
})

test('V1-372 what cannot be waited for is refused', async () => {
  const user = await signedUp(server)
  const [product, other] = [await stockedProduct(server), await soldOut()]
  const refused = async (wanted: string | number, body: object) => {
    const { status, body: said } = await start(user, wanted, body)
    return [status, Object.keys(said)[0]]
  }
  assert.deepEqual(await refused(product.id, { kind: 'back_in_stock' }), [409, 'detail'])
  assert.deepEqual(await refused('nothing-of-the-kind', { kind: 'price_drop' }), [404, 'detail'])
  assert.deepEqual(await refused(product.id, { kind: 'price_drop', variant_id: other.variantId }), [400, 'variant_id'])
  assert.deepEqual(await refused(product.id, { kind: 'sold_out' }), [400, 'kind'])
  assert.deepEqual(await refused(product.id, {}), [400, 'kind'])
  assert.equal((await server.call('POST', `/api/v1/products/${product.id}/alerts/`, { body: {} })).status, 401)
  assert.equal((await mine(user)).count, 0)
})

test('V1-372 of twenty equal requests at once one is new; two hundred are the most', async () => {
  const user = await signedUp(server)
  const product = await soldOut()
  const same = await Promise.all(Array.from({ length: 20 }, () => start(user, product.id, { kind: 'back_in_stock' })))
  assert.deepEqual(same.map(({ status }) => status).sort(), [...Array(19).fill(200), 201])
  const variants = Array.from({ length: 200 }, (_, n) => ({ sku: `MANY-${n}`, name: `No. ${n}`, priceMinor: 100 }))
  const { id, variantIds } = await stockedProduct(server, { variants })
  for (const variant_id of variantIds.slice(1)) await start(user, id, { kind: 'price_drop', variant_id })
  const last = await start(user, id, { kind: 'price_drop' })
  assert.deepEqual([last.status, last.body], [400, { non_field_errors: ['An account has at most 200 alerts.'] }])
  assert.equal((await start(user, product.id, { kind: 'back_in_stock' })).status, 200)
})

test('V1-372 V1-373 what is back in stock is told once, by mail and inside the shop, and then waited for no longer', async () => {
  const user = await signedUp(server)
  const product = await soldOut({ name: 'Kettle <b>' })
  await start(user, product.id, { kind: 'back_in_stock' })
  assert.deepEqual((await toldTo(user)).subjects, [])
  await keeper.adjust(product, 3)
  const { letters, notices } = await toldTo(user)
  assert.deepEqual(
    letters.map(({ subject }) => subject),
    ['Back in stock: Kettle <b>'],
  )
  assert.ok(letters[0]!.text.includes(`https://front.example/products/${product.slug}`))
  assert.match(letters[0]!.text, /Now in stock for \$10\.00/)
  assert.match(letters[0]!.html, /Kettle &lt;b&gt;/)
  const [{ type, data }] = notices
  assert.deepEqual(
    [type, data],
    ['back_in_stock', { product_id: product.id, product_slug: product.slug, variant_id: null }],
  )
  assert.equal((await mine(user)).count, 0)
  await buy(server, product, 3)
  await keeper.adjust(product, 1)
  assert.equal((await toldTo(user)).letters.length, 1)
})

test('V1-372 another variant that comes in is not the one that is waited for', async () => {
  const [of, any] = [await signedUp(server), await signedUp(server)]
  const variants = ['Red', 'Blue'].map((name) => ({ sku: `WAIT-${name}`, name, priceMinor: 1000 }))
  const product = await soldOut({ variants })
  const [red, blue] = product.variantIds
  await start(of, product.id, { kind: 'back_in_stock', variant_id: red })
  await start(any, product.id, { kind: 'back_in_stock' })
  await keeper.adjust(product, 1, { variant_id: blue })
  assert.deepEqual((await toldTo(of)).subjects, [])
  assert.equal((await toldTo(any)).subjects.length, 1)
  await keeper.adjust(product, 1, { variant_id: red })
  assert.deepEqual((await toldTo(of)).subjects, [`Back in stock: ${product.name}, Red`])
})

test('V1-372 V1-373 a fall of the price is told once, the next one below it again, and no rise', async () => {
  const user = await signedUp(server)
  const product = await stockedProduct(server)
  await start(user, product.id, { kind: 'price_drop' })
  const countAt = async (price: string) => {
    await priceAt(product.id, price)
    return (await toldTo(user)).letters.length
  }
  assert.deepEqual(
    [
      await countAt('12.00'),
      await countAt('9.00'),
      await countAt('9.00'),
      await countAt('9.50'),
      await countAt('9.00'),
    ],
    [0, 1, 1, 1, 1],
  )
  assert.equal(await countAt('8.99'), 2)
  const { letters } = await toldTo(user)
  assert.match(letters[1]!.text, /Now \$8\.99, before \$9\.00/)
  assert.equal((await mine(user)).items[0].price, '8.99')
})

test('V1-372 stock_alerts says by which channels, and the language in which words', async () => {
  const user = await signedUp(server, { phone: '+919811111111' })
  const token = user.access
  const channels = { stock_alerts: { email: false, sms: true, in_app: false } }
  await server.call('PATCH', '/api/v1/notifications/preferences/', { token, body: channels })
  await server.call('PATCH', '/api/v1/users/me/', { token, body: { profile: { language: 'hi' } } })
  const product = await soldOut({ name: 'Chai' })
  await start(user, product.id, { kind: 'back_in_stock' })
  await keeper.adjust(product, 1)
  const { subjects, notices } = await toldTo(user)
  assert.deepEqual([subjects, notices], [[], []])
  const texts = server.shop.texts.filter(({ to }) => to === '+919811111111')
  assert.deepEqual(
    texts.map(({ body }) => body),
    ['अब आप Chai फिर से ऑर्डर कर सकते हैं।'],
  )
})

test('V1-372 V1-400 a wishlist is watched for who asked for it, from then on; a product that is watched as well is told once', async () => {
  const [keen, quiet] = [await signedUp(server), await signedUp(server)]
  const products = [await stockedProduct(server), await stockedProduct(server)]
  for (const { access: token } of [keen, quiet])
    for (const { id } of products)
      await server.call('POST', '/api/v1/wishlist/items/', { token, body: { product_id: id } })
  await priceAt(products[0]!.id, '9.00')
  const token = keen.access
  assert.deepEqual((await server.call('GET', SETTINGS, { token })).body, { wishlist_price_drops: false })
  const on = await server.call('PUT', SETTINGS, { token, body: { wishlist_price_drops: true } })
  assert.deepEqual([on.status, on.body], [200, { wishlist_price_drops: true }])
  assert.equal((await server.call('PUT', SETTINGS, { token, body: {} })).status, 400)
  assert.deepEqual((await toldTo(keen)).subjects, [])
  await start(keen, products[0]!.id, { kind: 'price_drop' })
  for (const { id } of products) await priceAt(id, '8.00')
  const { subjects, notices } = await toldTo(keen)
  assert.deepEqual([subjects, notices.length], [['Now cheaper: 2 articles'], 2])
  assert.deepEqual((await toldTo(quiet)).subjects, [])
  await server.call('PUT', SETTINGS, { token, body: { wishlist_price_drops: false } })
  await priceAt(products[1]!.id, '7.00')
  assert.equal((await toldTo(keen)).letters.length, 1)
})

test('V1-151 alerts are in the export, and gone with the account', async () => {
  const user = await signedUp(server)
  const product = await soldOut()
  await start(user, product.id, { kind: 'back_in_stock' })
  await server.call('PATCH', '/api/v1/users/me/', { token: user.access, body: { profile: { language: 'hi' } } })
  const { body } = await server.call('GET', '/api/v1/users/me/export/', { token: user.access })
  assert.deepEqual([body.alerts.length, body.alerts[0].kind, body.profile.language], [1, 'back_in_stock', 'hi'])
  const gone = await server.call('DELETE', '/api/v1/users/me/', {
    token: user.access,
    body: { password: user.password },
  })
  assert.equal(gone.status, 204)
  await keeper.adjust(product, 1)
  const before = server.shop.letters.length
  await tellWatchers(server.shop)
  await server.shop.runJobs()
  assert.equal(server.shop.letters.length, before)
})
