import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { purgeReports } from '#commerce/analytics'
import { type SignedUp, signedUp, staffMember } from '../../../test/accounts.ts'
import { eventually } from '../../../test/eventually.ts'
import { stockedProduct } from '../../../test/products.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'

const DAY_MS = 86_400_000

let server: TestServer
let staff: SignedUp
before(async () => {
  server = await openTestServer()
  staff = await staffMember(server)
})
after(() => server.close())

type Method = 'GET' | 'POST' | 'DELETE'
const ask = (method: Method, path = '', body?: object, { token = staff.access, headers = {} } = {}) =>
  server.call(method, `/api/v1/analytics/reports/${path}`, { token, headers, ...(body && { body }) })
const asked = async (body: object) => {
  const { status, body: report } = await ask('POST', '', body)
  assert.equal(status, 202, JSON.stringify(report))
  return report
}
const statusOf = async (id: number) => (await ask('GET', `${id}/`)).body.status

test('NX-147 a report is drawn up in the background, and is what the export says', async () => {
  const product = await stockedProduct(server, { name: '=SUM(A1) tea' })
  await server.call('GET', `/api/v1/products/${product.id}/`)
  for (const format of ['csv', 'xlsx']) {
    const report = await asked({ report: 'products', format })
    assert.deepEqual([report.status, report.url, report.bytes], ['waiting', null, null])
    const early = await ask('GET', `${report.id}/file/`)
    assert.deepEqual([early.status, early.body.detail], [409, 'This report is not ready yet.'])
    await server.shop.runJobs()
    const { body: ready } = await ask('GET', `${report.id}/`)
    assert.deepEqual(
      [ready.status, ready.format, ready.start_date, ready.group_by],
      ['ready', format, report.start_date, 'day'],
    )
    const url = new URL(ready.url)
    assert.equal(url.origin, new URL(server.shop.config.PUBLIC_URL).origin)
    const { body, headers } = await server.call('GET', url.pathname, { token: staff.access })
    const { body: exported } = await server.call('GET', `/api/v1/analytics/export/?report=products&format=${format}`, {
      token: staff.access,
    })
    if (format === 'csv') assert.equal(String(body), String(exported))
    assert.equal(Buffer.from(body).length, ready.bytes)
    assert.equal(
      headers['content-disposition'],
      `attachment; filename="products_${ready.start_date}_${ready.end_date}.${format}"`,
    )
    if (format === 'csv') assert.match(String(body), /'=SUM\(A1\) tea/)
  }
})

test('NX-147 reports are listed, the newest first, and removed', async () => {
  const [one, two] = [await asked({ report: 'sales', group_by: 'month' }), await asked({ report: 'customers' })]
  const { body } = await ask('GET')
  assert.deepEqual(
    body.results.slice(0, 2).map(({ id, report, group_by }: Record<string, unknown>) => [id, report, group_by]),
    [
      [two.id, 'customers', 'day'],
      [one.id, 'sales', 'month'],
    ],
  )
  assert.equal((await ask('DELETE', `${one.id}/`)).status, 204)
  await server.shop.runJobs()
  for (const [method, path] of [
    ['GET', `${one.id}/`],
    ['GET', `${one.id}/file/`],
    ['DELETE', `${one.id}/`],
    ['GET', '99999999/'],
    ['GET', 'x/'],
  ] as const)
    assert.equal((await ask(method, path)).status, 404, path)
})

test('NX-147 what there is not says so, and nobody but staff asks', async () => {
  for (const odd of [
    {},
    { report: 'weather' },
    { report: 'sales', format: 'pdf' },
    { report: 'sales', start_date: 'x' },
  ])
    assert.equal((await ask('POST', '', odd)).status, 400, JSON.stringify(odd))
  const { access: token } = await signedUp(server)
  const { id } = await asked({ report: 'sales' })
  for (const [method, path] of [
    ['POST', ''],
    ['GET', ''],
    ['GET', `${id}/`],
    ['GET', `${id}/file/`],
    ['DELETE', `${id}/`],
  ] as const) {
    const body = method === 'POST' ? { report: 'sales' } : undefined
    assert.equal((await ask(method, path, body, { token })).status, 403, `${method} ${path}`)
    assert.equal((await server.call(method, `/api/v1/analytics/reports/${path}`, body && { body })).status, 401)
  }
})

test('NX-147 one key is one report, and only so many wait', async () => {
  await server.shop.runJobs()
  const keyed = () => ask('POST', '', { report: 'sales' }, { headers: { 'idempotency-key': 'report-once' } })
  const answers = await Promise.all(Array.from({ length: 10 }, keyed))
  assert.deepEqual([...new Set(answers.map(({ body }) => body.id))].length, 1)
  for (let n = 1; n < 20; n += 1) await asked({ report: 'sales' })
  const { status, body } = await ask('POST', '', { report: 'sales' })
  assert.deepEqual([status, body.detail], [409, 'Too many reports are being drawn up. Please try again later.'])
  await server.shop.runJobs()
  assert.equal((await ask('POST', '', { report: 'sales' })).status, 202)
})

test('SF-507 a list of customers does not outlive who is in it', async () => {
  const [customers, sales] = [await asked({ report: 'customers' }), await asked({ report: 'sales' })]
  await server.shop.runJobs()
  const leaving = await signedUp(server)
  const closed = await server.call('DELETE', '/api/v1/users/me/', {
    token: leaving.access,
    body: { password: leaving.password },
  })
  assert.ok(closed.status < 300, JSON.stringify(closed.body))
  await eventually(async () => {
    await server.shop.runJobs()
    return (await ask('GET', `${customers.id}/`)).status === 404
  })
  assert.equal(await statusOf(sales.id), 'ready')
})

test('NX-147 what nobody draws up in a day has failed; after a week a report is gone', async () => {
  const waits = await asked({ report: 'sales' })
  server.shop.pass(DAY_MS + 1000)
  await purgeReports(server.shop)
  const again = await staffMember(server)
  const { body } = await ask('GET', `${waits.id}/`, undefined, { token: again.access })
  assert.deepEqual([body.status, body.url], ['failed', null])
  const file = await ask('GET', `${waits.id}/file/`, undefined, { token: again.access })
  assert.deepEqual([file.status, file.body.detail], [409, 'This report could not be drawn up.'])
  server.shop.pass(6 * DAY_MS)
  await purgeReports(server.shop)
  const later = await staffMember(server)
  assert.equal((await ask('GET', `${waits.id}/`, undefined, { token: later.access })).status, 404)
})
