import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createBrand, createCategory } from '#commerce/catalog'
import { inTransaction } from '#platform/database'
import { staffMember } from '../../../test/accounts.ts'
import { stockedProduct } from '../../../test/products.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'

const CATEGORIES = '/api/v1/categories/'
const BRANDS = '/api/v1/brands/'
let server: TestServer
before(async () => {
  server = await openTestServer({ PUBLIC_URL: 'https://shop.example' })
  await inTransaction(server.shop.db, async (tx) => {
    const second = await createCategory(tx, { name: 'Second', position: 2, image: '/files/second.webp' })
    const first = await createCategory(tx, { name: 'First', position: 1, description: 'The first one' })
    const below = await createCategory(tx, { name: 'Below', parentId: first.id })
    const lowest = await createCategory(tx, { name: 'Lowest', parentId: below.id })
    const hidden = await createCategory(tx, { name: 'Hidden', isActive: false })
    await createCategory(tx, { name: 'Below hidden', parentId: hidden.id })
    const zeta = await createBrand(tx, { name: 'zeta', website: 'https://zeta.example' })
    await createBrand(tx, { name: 'Alpha', logo: '/files/alpha.webp', description: 'Letters' })
    await createBrand(tx, { name: 'Gone', isActive: false })
    places = {
      first: first.id,
      second: second.id,
      below: below.id,
      lowest: lowest.id,
      hidden: hidden.id,
      zeta: zeta.id,
    }
  })
  const { below, lowest, second, zeta } = places
  for (const categoryId of [below, lowest, lowest, second]) await stockedProduct(server, { categoryId, brandId: zeta })
  await stockedProduct(server, { categoryId: lowest, brandId: zeta, isActive: false })
})
after(() => server.close())

let places: Record<'first' | 'second' | 'below' | 'lowest' | 'hidden' | 'zeta', number>

const names = (items: { name: string }[]) => items.map(({ name }) => name)

test('V1-220 categories come in pages, in the order of the shop, and count the products below them', async () => {
  const { body, statements } = await server.call('GET', CATEGORIES)
  assert.equal(statements, 1)
  assert.deepEqual(names(body.results), ['Below', 'Lowest', 'First', 'Second'])
  assert.deepEqual(
    body.results.map((category: { product_count: number }) => category.product_count),
    [3, 2, 3, 1],
  )
  const page = await server.call('GET', `${CATEGORIES}?page_size=3&page=2`)
  assert.deepEqual([names(page.body.results), page.body.count, page.statements], [['Second'], 4, 1])
  const past = await server.call('GET', `${CATEGORIES}?page=2`)
  assert.deepEqual([past.status, past.statements], [404, 2])
})

test('V1-220 ?tree=true nests them, in one statement', async () => {
  const { body, statements } = await server.call('GET', `${CATEGORIES}?tree=true`)
  assert.equal(statements, 1)
  assert.deepEqual(names(body), ['First', 'Second'])
  const [first, second] = body
  assert.deepEqual([second.children, second.level, second.parent], [[], 0, null])
  const [below] = first.children
  assert.deepEqual(below, {
    id: places.below,
    name: 'Below',
    slug: 'below',
    description: '',
    image: null,
    parent: places.first,
    level: 1,
    is_active: true,
    product_count: 3,
    children: [
      {
        id: places.lowest,
        name: 'Lowest',
        slug: 'lowest',
        description: '',
        image: null,
        parent: places.below,
        level: 2,
        is_active: true,
        product_count: 2,
        children: [],
      },
    ],
  })
})

test('V1-220 categories are searched by name, with no wildcards', async () => {
  assert.deepEqual(names((await server.call('GET', `${CATEGORIES}?search=FIR`)).body.results), ['First'])
  assert.deepEqual((await server.call('GET', `${CATEGORIES}?search=%25`)).body.results, [])
})

test('V1-221 a category is found by id and by slug', async () => {
  for (const handle of [places.second, 'second']) {
    const { body, statements } = await server.call('GET', `${CATEGORIES}${handle}/`)
    assert.equal(statements, 1)
    assert.deepEqual([body.name, body.image], ['Second', 'https://shop.example/files/second.webp'])
  }
  for (const handle of ['nothing', '999999', '99999999999999999999']) {
    const { status, body } = await server.call('GET', `${CATEGORIES}${handle}/`)
    assert.deepEqual([status, body], [404, { detail: 'Not found.' }])
  }
})

test('V1-221 hidden categories, and those below them, are for staff', async () => {
  const { access: token } = await staffMember(server)
  for (const slug of ['hidden', 'below-hidden']) {
    assert.equal((await server.call('GET', `${CATEGORIES}${slug}/`)).status, 404)
    assert.equal((await server.call('GET', `${CATEGORIES}${slug}/`, { token })).status, 200)
  }
  const asked = `${CATEGORIES}?include_inactive=true`
  assert.equal((await server.call('GET', asked, { token })).body.count, 6)
  assert.equal((await server.call('GET', asked)).body.count, 4)
})

test('V1-230 brands come in pages by name, with the number of their active products', async () => {
  const { body, statements } = await server.call('GET', BRANDS)
  assert.equal(statements, 1)
  assert.deepEqual(names(body.results), ['Alpha', 'zeta'])
  const [alpha, zeta] = body.results
  assert.deepEqual([alpha.logo, alpha.website, alpha.product_count], ['https://shop.example/files/alpha.webp', null, 0])
  const found = await server.call('GET', `${BRANDS}zeta/`)
  assert.deepEqual(found.body, zeta)
  assert.deepEqual(zeta, {
    id: places.zeta,
    name: 'zeta',
    slug: 'zeta',
    description: '',
    logo: null,
    website: 'https://zeta.example',
    is_active: true,
    product_count: 4,
  })
  assert.deepEqual((await server.call('GET', `${BRANDS}${places.zeta}/`)).body, zeta)
  assert.deepEqual(names((await server.call('GET', `${BRANDS}?search=et`)).body.results), ['zeta'])
  assert.equal((await server.call('GET', `${BRANDS}?page=2`)).status, 404)
})

test('V1-230 a hidden brand is for staff', async () => {
  const { access: token } = await staffMember(server)
  assert.equal((await server.call('GET', `${BRANDS}gone/`)).status, 404)
  assert.equal((await server.call('GET', `${BRANDS}gone/`, { token })).status, 200)
  assert.equal((await server.call('GET', `${BRANDS}?include_inactive=1`, { token })).body.count, 3)
})
