/** What work in the background changes: it shows at the next read, and is noted as by whoever began it. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { staffMember } from '../../../test/accounts.ts'
import { auditOf } from '../../../test/audit.ts'
import { openTestServer, type TestServer } from '../../../test/server.ts'
import { manyRows, openCategory, sheetForm } from '../../../test/sheets.ts'
import { schedules } from '../../commerce/schedules.ts'
import { workTable } from '../../composition.ts'

let server: TestServer
before(async () => {
  server = await openTestServer()
  await openCategory(server.shop)
})
after(() => server.close())

const countListed = async (): Promise<number> => (await server.call('GET', '/api/v1/products/')).body.count

test('NX-147 MP-205 an import that a job works shows in lists that were kept, and is in the trail of who began it', async () => {
  const staff = await staffMember(server)
  const before = await countListed()
  assert.equal(await countListed(), before, 'and is kept')
  const begun = await server.call('POST', '/api/v1/products/imports/', {
    token: staff.access,
    ...sheetForm([...manyRows(3)].join('')),
  })
  assert.equal(begun.status, 202)
  assert.equal(await countListed(), before, 'until a job has worked it')
  await server.shop.runJobs()
  assert.equal(await countListed(), before + 3)
  const [started] = await auditOf(server, { objectKind: 'assortment.imports' })
  assert.deepEqual([started!.action, started!.actorId], ['create', staff.accountId])
  const products = await auditOf(server, { objectKind: 'catalog.products', action: 'create' })
  assert.deepEqual(
    products.map(({ actor, actorId, route }) => [actor, actorId, route]),
    Array(3).fill(['staff', staff.accountId, 'job product-imports']),
  )
})

test('NX-147 MP-208 mail, SMS, pictures, imports, events, clean-up, stock and figures are worked in the background', () => {
  const queues = workTable().map(({ queue }) => queue.name)
  for (const name of ['event-deliveries', 'letters', 'text-messages', 'picture-copies', 'product-imports'])
    assert.ok(queues.includes(name), `${name} is not among ${queues}`)
  const names = schedules(server.shop).map(({ name }) => name)
  for (const name of ['clean-up-sessions', 'propose-reorders', 'fold-counts', 'purge-events', 'cancel-unpaid-orders'])
    assert.ok(names.includes(name), `${name} is not among ${names}`)
})
