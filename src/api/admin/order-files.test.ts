import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { parse } from 'csv-parse/sync'
import { read, utils } from 'xlsx'
import { examine } from '#commerce/doctor'
import { type SignedUp, staffMember } from '../../../test/accounts.ts'
import { form } from '../../../test/forms.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { LARGE, type Shopper, SMALL, shopper, tea } from '../../../test/storefront-shopper.ts'

let server: TestServer
let staff: SignedUp
before(async () => {
  server = await openTestServer()
  staff = await staffMember(server)
})
after(async () => {
  const { broken } = await examine(server.shop.db)
  await server.close()
  assert.deepEqual(broken, [])
})

const ORDERS = '/api/admin/orders/order/'
const ask = (method: 'GET' | 'POST', path = '', body?: unknown, token = staff.access) =>
  server.call(method, `${ORDERS}${path}`, { token, ...(body === undefined ? {} : { body }) })

type Order = { id: number; order_number: string; total_price: string; payment_id: string }
/** Two teas of 200g and one of 400g, paid. */
async function ordered(): Promise<{ buyer: Shopper; order: Order }> {
  const [buyer, product] = [await shopper(server), await tea(server)]
  await buyer.add(product, 2, SMALL)
  await buyer.add(product, 1, LARGE)
  return { buyer, order: (await buyer.checkOut()).body }
}
const table = (body: Buffer | string): Record<string, string>[] => parse(String(body), { columns: true, bom: true })

const COMPREHENSIVE =
  'order_number,status,created_at,updated_at,username,email,phone,payment_status,payment_method,transaction_id,shipping_name,shipping_address_line1,shipping_address_line2,shipping_city,shipping_state,shipping_postal_code,shipping_country,carrier,shipping_cost,tracking_number,estimated_delivery_date,order_items,total_price,total_weight,item_count'
const DETAILED =
  'id,order_number,user__username,user__email,user_phone,status,payment_status,payment_method,razorpay_order_id,total_price,shipping_cost,created_at,updated_at,shipping_name,shipping_address_line1,shipping_address_line2,shipping_city,shipping_state,shipping_postal_code,shipping_country,carrier,tracking_number,estimated_delivery_date,order_items_count,order_items_details,total_weight'

test('SF-483 SF-484 the action writes some orders, or all, with its columns', async () => {
  await ordered()
  const { buyer, order } = await ordered()
  const { status, body, headers } = await ask('POST', 'actions/export_orders_csv/', { ids: [order.id] })
  assert.equal(status, 200)
  assert.match(String(headers['content-type']), /^text\/csv/)
  const day = server.shop.now().toISOString().slice(0, 10)
  assert.equal(headers['content-disposition'], `attachment; filename="orders_comprehensive_export_${day}.csv"`)
  assert.equal(String(body).split('\r\n')[0], COMPREHENSIVE)
  const [line, ...others] = table(body)
  assert.equal(others.length, 0)
  assert.deepEqual(
    [line!.order_number, line!.email, line!.transaction_id, line!.item_count, line!.total_weight, line!.shipping_city],
    [order.order_number, buyer.email, order.payment_id, '3', '0.800', 'Bengaluru'],
  )
  assert.match(line!.order_items!, /^Tea \d+ \(200g\) x 2 @ 599\.99; Tea \d+ \(400g\) x 1 @ 1100\.00$/)
  assert.ok(table((await ask('POST', 'actions/export_orders_csv/', {})).body).length > 1)
  assert.equal((await ask('POST', 'actions/export_orders_csv/', { ids: ['x'] })).status, 400)
  assert.equal((await ask('POST', 'actions/export_orders_csv/', {}, buyer.access)).status, 403)
})

test('SF-485 SF-486 SF-487 an export as CSV, XLS and XLSX says the same, of what the filters choose', async () => {
  const { buyer, order } = await ordered()
  const query = `search=${encodeURIComponent(buyer.email)}`
  const csv = await ask('GET', `export/?format=csv&${query}`)
  assert.equal(String(csv.body).replace('\ufeff', '').split('\r\n')[0], DETAILED)
  const [line, ...others] = table(csv.body)
  assert.equal(others.length, 0)
  assert.deepEqual([line!.id, line!.order_items_count, line!.total_weight], [String(order.id), '3', '0.800'])
  for (const format of ['xls', 'xlsx']) {
    const { status, body, headers } = await ask('GET', `export/?format=${format}&${query}`)
    assert.equal(status, 200)
    assert.equal(headers['content-disposition'], `attachment; filename="orders.${format}"`)
    assert.equal(body.subarray(0, 4).toString('hex'), format === 'xls' ? 'd0cf11e0' : '504b0304')
    const book = read(body, { type: 'buffer' })
    const rows = utils.sheet_to_json<Record<string, unknown>>(book.Sheets[book.SheetNames[0]!]!, { defval: '' })
    assert.deepEqual(
      rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value)]))),
      [line],
    )
  }
  assert.equal((await ask('GET', `export/?${query}`)).status, 200)
  const odd = await ask('GET', 'export/?format=pdf')
  assert.deepEqual([odd.status, Object.keys(odd.body.details)], [400, ['format']])
  assert.equal((await ask('GET', 'export/?status=LOST')).status, 400)
})

test('SF-489 what a customer typed is no formula in a sheet; a telephone number stays one', async () => {
  const buyer = await shopper(server)
  await buyer.ask('PATCH', `/users/addresses/${buyer.addressId}/`, { address_line1: '=HYPERLINK("http://x")' })
  await buyer.add(await tea(server), 1)
  const { body: order } = await buyer.checkOut()
  const [line] = table((await ask('POST', 'actions/export_orders_csv/', { ids: [order.id] })).body)
  assert.equal(line!.shipping_address_line1, `'=HYPERLINK("http://x")`)
  const { body } = await ask('GET', `export/?format=xls&search=${order.order_number}`)
  const sheet = read(body, { type: 'buffer' }).Sheets.Sheet1!
  const cells = Object.values(sheet) as { t?: string; f?: string; v?: unknown }[]
  assert.ok(cells.some(({ v }) => v === `'=HYPERLINK("http://x")`))
  assert.ok(cells.every(({ f }) => f === undefined))
})

const importing = (content: string, dry_run?: string, token = staff.access) => {
  const file = { name: 'file', fileName: 'orders.csv', content }
  return server.call('POST', `${ORDERS}import/`, { token, ...form(dry_run === undefined ? {} : { dry_run }, file) })
}

test('SF-488 an import is looked at first, and written when it is meant', async () => {
  const [one, two, three] = [(await ordered()).order, (await ordered()).order, (await ordered()).order]
  const content = [
    'order_number,carrier,tracking_number,estimated_delivery_date,status,total_price',
    `${one.order_number},Delhivery,D-1,2030-02-03,SHIPPED,1.00`,
    `${two.order_number},,,,,`,
    `${three.order_number.toLowerCase()},,,,completed,`,
  ].join('\n')
  const looked = await importing(content)
  assert.equal(looked.status, 200, JSON.stringify(looked.body))
  assert.deepEqual(
    [
      looked.body.dry_run,
      looked.body.rows.map((row: Record<string, unknown>) => [row.row, row.order_number, row.action]),
    ],
    [
      true,
      [
        [2, one.order_number, 'update'],
        [3, two.order_number, 'skip'],
        [4, three.order_number, 'update'],
      ],
    ],
  )
  const state = async ({ id }: Order) => {
    const { body } = await ask('GET', `${id}/`)
    return [body.status, body.carrier, body.tracking_number, body.estimated_delivery_date, body.total_price]
  }
  assert.deepEqual((await state(one)).slice(0, 2), ['PROCESSING', null])
  const { status, body } = await importing(content, 'false')
  assert.deepEqual([status, body.dry_run, body.updated], [200, false, 2])
  assert.deepEqual(await state(one), ['SHIPPED', 'Delhivery', 'D-1', '2030-02-03', one.total_price])
  assert.deepEqual((await state(three))[0], 'COMPLETED')
})

test('SF-488 what the order knows already is skipped, also of one that was cancelled: an export can be sent back', async () => {
  const { buyer, order } = await ordered()
  await buyer.ask('GET', `/shipping/label/${order.id}/`)
  await buyer.ask('POST', `/orders/${order.id}/cancel/`)
  const { body: sheet } = await ask('GET', `export/?format=csv&search=${order.order_number}`)
  const { status, body } = await importing(sheet.toString(), 'false')
  assert.deepEqual([status, body.updated, body.rows[0]?.action], [200, 0, 'skip'], JSON.stringify(body))
})

test('SF-488 with one row in error nothing is written, and each row says what is wrong', async () => {
  const { order } = await ordered()
  const content = [
    'order_number,carrier,estimated_delivery_date,status',
    `${order.order_number},Delhivery,,SHIPPED`,
    'ORD-UNKNOWN1,x,,',
    `${order.order_number},,soon,`,
    `${order.order_number},,,PENDING`,
    `${order.order_number},,,LOST`,
  ].join('\n')
  for (const [dryRun, expected] of [
    ['true', 200],
    ['false', 400],
  ] as const) {
    const { status, body } = await importing(content, dryRun)
    assert.equal(status, expected)
    assert.equal('error' in body, expected === 400)
    assert.deepEqual(
      body.rows.map((row: Record<string, unknown>) => row.action),
      ['update', 'error', 'error', 'error', 'error'],
    )
    assert.deepEqual(body.rows[1].errors, ['Order not found.'])
    assert.deepEqual(body.rows[4].errors, ['"LOST" is not a valid choice.'])
  }
  assert.equal((await ask('GET', `${order.id}/`)).body.status, 'PROCESSING')
})

test('SF-488 what is no sheet of orders is refused as a whole', async () => {
  for (const content of ['', 'carrier\nx', 'order_number\n', 'order_number,order_number\nx,y']) {
    const { status, body } = await importing(content)
    assert.deepEqual([status, typeof body.error], [400, 'string'], JSON.stringify(body))
  }
  const none = await server.call('POST', `${ORDERS}import/`, { token: staff.access, ...form({ dry_run: 'true' }) })
  assert.equal(none.status, 400)
  assert.equal((await importing('order_number\nx', 'true', (await shopper(server)).access)).status, 403)
})
