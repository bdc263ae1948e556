/**
 * Every route with everybody who may call it: what each is answered stands in matrix.txt, which is read in review like the code.
 * After a change of routes: `SOUK_WRITE_MATRIX=1 npm test -- test/access/matrix.test.ts`.
 */
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { signedUp } from '../accounts.ts'
import { openTestServer, type TestServer } from '../server.ts'
import { addressOf } from './belongings.ts'
import { CALLERS, type Caller, tokensFor } from './callers.ts'

const FILE = new URL('./matrix.txt', import.meta.url)
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
type Row = { route: string; access: string; statuses: Record<Caller, number> }

let server: TestServer
let rows: Row[]
before(async () => {
  // Limits of their own are tested elsewhere; here each cell is to meet the door alone.
  server = await openTestServer({ TRUST_PROXY: 'true', LOGIN_IP_MAX_ATTEMPTS: '1000' })
  rows = await callEverything()
})
after(() => server.close())

async function callEverything(): Promise<Row[]> {
  // Who is let in to what is endless gets no end of an answer: that has tests of its own.
  const routes = server.server.routeList.filter(({ operationId, isEndless }) => operationId !== undefined && !isEndless)
  const called: Row[] = []
  for (const { method, url, access } of routes) {
    const owner = await signedUp(server)
    const tokens = await tokensFor(server, owner)
    let address = await addressOf(server, owner, url)
    const statuses = {} as Record<Caller, number>
    // The owner comes last: what he does to his belongings is seen by nobody after him.
    for (const [index, caller] of CALLERS.entries()) {
      const token = tokens[caller]
      const from = { 'x-forwarded-for': `10.${called.length >> 8}.${called.length & 255}.${index + 1}` }
      const body = method === 'GET' ? undefined : {}
      statuses[caller] = (
        await server.call(method as Method, address, { ...(token ? { token } : {}), body, headers: from })
      ).status
      // Staff may remove some of it, too.
      if (method === 'DELETE' && statuses[caller] < 300) address = await addressOf(server, owner, url)
    }
    called.push({ route: `${method} ${url}`, access, statuses })
  }
  return called.sort((a, b) => (a.route < b.route ? -1 : 1))
}

const inWords = (): string =>
  [
    `route access ${CALLERS.join(' ')}`,
    ...rows.map(({ route, access, statuses }) =>
      [route, access, ...CALLERS.map((caller) => statuses[caller])].join(' '),
    ),
    '',
  ].join('\n')

test('every cell of the matrix is as it is written down', () => {
  if (process.env.SOUK_WRITE_MATRIX) writeFileSync(FILE, inWords())
  assert.equal(inWords(), readFileSync(FILE, 'utf8'))
})

test('ASVS 7.2.1 7.4.1 V1-101 whose token is missing, tampered with, expired or of an ended session is 401 wherever one has to be signed in', () => {
  for (const { route, access, statuses } of rows.filter((row) => ['user', 'seller', 'staff'].includes(row.access))) {
    for (const caller of ['nobody', 'tampered', 'expired', 'ended'] as const)
      assert.equal(statuses[caller], 401, `${route} (${access}) for ${caller}`)
  }
  for (const { route, statuses } of rows.filter(({ access }) => access === 'visitor')) {
    for (const caller of ['tampered', 'expired', 'ended'] as const)
      assert.equal(statuses[caller], 401, `${route} for ${caller}`)
  }
})

test('V1-010 who is not of the staff is 403 on every route of the staff, and staff is not', () => {
  for (const { route, statuses } of rows.filter(({ access }) => access === 'staff')) {
    for (const caller of ['customer', 'other', 'seller'] as const)
      assert.equal(statuses[caller], 403, `${route} for ${caller}`)
    assert.notEqual(statuses.admin, 403, `${route} for admin`)
  }
})

test('V1-204 who neither sells nor is of the staff is 403 on every route of sellers, and a seller on what is not his', () => {
  for (const { route, statuses } of rows.filter(({ access }) => access === 'seller')) {
    for (const caller of ['customer', 'other'] as const) assert.equal(statuses[caller], 403, `${route} for ${caller}`)
    if (/:/.test(route)) assert.equal(statuses.seller, 403, `${route} for seller`)
    assert.notEqual(statuses.staff, 403, `${route} for staff`)
  }
})

/** What everybody may see who is signed in. */
const OF_ALL = /^GET \/api\/(products|recommendations\/product)\//

test('V1-010 SF-017 what belongs to somebody else is as if it were not there', () => {
  const ofOwner = rows.filter(({ route, access }) => access === 'user' && isOnesOwn(route) && !OF_ALL.test(route))
  assert.ok(ofOwner.length > 10)
  for (const { route, statuses } of ofOwner) {
    // A body that is at fault is told before anything is looked for.
    const expected = statuses.customer === 400 ? 400 : 404
    for (const caller of ['other', 'seller'] as const)
      assert.ok([404, expected].includes(statuses[caller]), `${route} for ${caller}`)
    assert.notEqual(statuses.customer, 404, `${route} for its owner`)
  }
})

/** A published review is for everybody to vote on, but for its author. */
const isOnesOwn = (route: string) => /:(id|session_id|order_number|product_id)/.test(route) && !/helpful/.test(route)

test('a public route answers everybody alike', () => {
  for (const { route, statuses } of rows.filter(({ access }) => access === 'public'))
    assert.equal(new Set(Object.values(statuses)).size, 1, `${route}: ${JSON.stringify(statuses)}`)
})

test('V1-012 no cell is a fault of ours', () => {
  for (const { route, statuses } of rows)
    for (const caller of CALLERS)
      assert.ok(statuses[caller] < 500 || statuses[caller] === 503, `${route} for ${caller}`)
})
