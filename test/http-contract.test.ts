/** What holds for every route: requests and answers (V1-001…V1-013, V1-029). */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { signedUp } from './accounts.ts'
import { bearer, type ContractServer, JSON_TYPE, openContractServer } from './contract-server.ts'

let contract: ContractServer
before(async () => {
  contract = await openContractServer()
})
after(() => contract.close())

const call: ContractServer['call'] = (...args) => contract.call(...args)
const post = (body: unknown, url = '/api/v1/things/') =>
  call('POST', url, { headers: JSON_TYPE, payload: typeof body === 'string' ? body : JSON.stringify(body) })

test('V1-001 whatever goes wrong is told in JSON, and a bug tells nothing', async () => {
  const answers = [
    await call('GET', '/'),
    await call('GET', '/api/v1/nothing/'),
    await call('GET', '/api/v1/%zz/'),
    await call('PUT', '/api/v1/things/'),
    await call('GET', '/api/v1/mine/'),
    await call('GET', '/api/v1/bug/'),
    await call('GET', '/api/v1/things/', { headers: { accept: 'text/html' } }),
    await post('{'),
  ]
  assert.deepEqual(
    answers.map(({ status }) => status),
    [404, 404, 404, 405, 401, 500, 200, 400],
  )
  for (const { headers, body } of answers) {
    assert.match(String(headers['content-type']), /^application\/json/)
    assert.equal(typeof body, 'object')
  }
  assert.deepEqual(answers[5]!.body, { detail: 'Internal server error.' })
})

test('V1-003 cookies are neither set nor read', async () => {
  const { access } = await signedUp(contract)
  const cookie = await call('GET', '/api/v1/mine/', { headers: { cookie: `access=${access}; sessionid=1` } })
  assert.equal(cookie.status, 401)
  const header = await call('GET', '/api/v1/mine/', bearer(access))
  assert.equal(header.status, 200)
  for (const { headers } of [cookie, header]) assert.equal(headers['set-cookie'], undefined)
})

test('V1-004 V1-005 V1-015 all faults of the fields are told together', async () => {
  const { status, body } = await post({ name: '', email: 'nobody', size: '2', made_on: '2026-02-30' })
  assert.equal(status, 400)
  assert.deepEqual(body, {
    name: ['This field may not be blank.'],
    email: ['Enter a valid email address.'],
    size: ['A valid integer is required.'],
    made_on: ['Date has wrong format. Use YYYY-MM-DD.'],
  })
  assert.deepEqual((await post({})).body, { name: ['This field is required.'] })
  assert.deepEqual((await post({ name: null })).body, { name: ['This field may not be null.'] })
  assert.deepEqual((await post({ name: '  ' })).body, { name: ['This field may not be blank.'] })
  assert.equal((await post({ name: 'x', made_on: null })).status, 201)
})

describe('lists', () => {
  test('V1-006 a page has its figures, 20 rows by default and at most 100', async () => {
    const { body } = await call('GET', '/api/v1/things/')
    const { results, ...figures } = body
    assert.equal(results.length, 20)
    const base = `${contract.shop.config.PUBLIC_URL}/api/v1/things/`
    assert.deepEqual(figures, {
      count: 45,
      next: `${base}?page=2`,
      previous: null,
      page_size: 20,
      current_page: 1,
      total_pages: 3,
    })
    const clamped = (await call('GET', '/api/v1/things/?page_size=5000')).body
    assert.deepEqual([clamped.page_size, clamped.results.length], [100, 45])
    assert.equal((await call('GET', '/api/v1/things/?page_size=zero')).body.page_size, 20)
  })

  test('V1-007 links are absolute and keep the other parameters', async () => {
    const { body } = await call('GET', '/api/v1/things/?colour=red&page=2&page_size=10&search=a%26b')
    for (const [link, page] of [
      [body.next, '3'],
      [body.previous, '1'],
    ]) {
      const query = Object.fromEntries(new URL(link).searchParams)
      assert.deepEqual(query, { colour: 'red', page, page_size: '10', search: 'a&b' })
    }
  })

  test('V1-007 a page that is none answers 404', async () => {
    for (const page of ['0', '-1', 'x', '1.5', '', '4', '99999999999999999999', '1e1', '%00x']) {
      const { status, body } = await call('GET', `/api/v1/things/?page=${page}`)
      if (page === '%00x') assert.equal(status, 400)
      else assert.deepEqual([status, body], [404, { detail: 'Invalid page.' }], page)
    }
  })

  test('V1-008 unknown filters are ignored, filters of the wrong type answer 400', async () => {
    assert.equal((await call('GET', '/api/v1/things/?shape=round')).status, 200)
    const { status, body } = await call('GET', '/api/v1/things/?colour=green&above=high')
    assert.equal(status, 400)
    assert.deepEqual(body, { colour: ['"green" is not a valid choice.'], above: ['A valid integer is required.'] })
    for (const above of ['1e400', '1e25', '99999999999999999999', '-9007199254740993']) {
      assert.equal((await call('GET', `/api/v1/things/?above=${above}`)).status, 400, above)
    }
  })
})

describe('who may call', () => {
  test('V1-009 no credentials answer 401 with how to bring them', async () => {
    const cases = [undefined, '', 'Basic YTpi', 'Token abc']
    for (const authorization of cases) {
      const answer = await call('GET', '/api/v1/mine/', {
        headers: authorization === undefined ? {} : { authorization },
      })
      assert.deepEqual([answer.status, answer.body], [401, { detail: 'Authentication credentials were not provided.' }])
      assert.equal(answer.headers['www-authenticate'], 'Bearer realm="api"')
    }
  })

  test('V1-009 bad tokens answer 401, on visitor routes too', async () => {
    const { refresh, access } = await signedUp(contract)
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${access.split('.')[1]}.`
    const changed = `${access.slice(0, -6)}${access.endsWith('AAAAAA') ? 'BBBBBB' : 'AAAAAA'}`
    for (const token of ['', 'abc', 'a.b.c', `${access} x`, refresh, none, changed]) {
      for (const url of ['/api/v1/mine/', '/api/v1/maybe-mine/']) {
        const answer = await call('GET', url, bearer(token))
        const body = { detail: 'Given token not valid for any token type', code: 'token_not_valid' }
        assert.deepEqual([answer.status, answer.body], [401, body], token)
        assert.equal(answer.headers['www-authenticate'], 'Bearer realm="api"')
      }
    }
    assert.deepEqual((await call('GET', '/api/v1/maybe-mine/')).body, { id: null })
  })

  test('V1-010 a customer on a staff route answers 403, an unknown address 404', async () => {
    const { access } = await signedUp(contract)
    const { status, body } = await call('GET', '/api/v1/staff/', bearer(access))
    assert.deepEqual([status, body], [403, { detail: 'You do not have permission to perform this action.' }])
    const missing = await call('GET', '/api/v1/nothing/')
    assert.deepEqual([missing.status, missing.body], [404, { detail: 'Not found.' }])
  })
})

describe('V1-011 bodies and methods', () => {
  test('another method answers 405 and says which there are', async () => {
    const put = await call('PUT', '/api/v1/things/')
    assert.deepEqual([put.status, put.body], [405, { detail: 'Method "PUT" not allowed.' }])
    assert.equal(put.headers.allow, 'GET, HEAD, POST, OPTIONS')
    // Not 400 for the body, not 401 for the sign-in: the method comes first.
    assert.equal((await call('PATCH', '/api/v1/things/', { headers: JSON_TYPE, payload: '{' })).status, 405)
    assert.equal((await call('DELETE', '/api/v1/mine/')).status, 405)
  })

  test('OPTIONS and HEAD are answered', async () => {
    const options = await call('OPTIONS', '/api/v1/things/')
    assert.deepEqual([options.status, options.headers.allow], [204, 'GET, HEAD, POST, OPTIONS'])
    const head = await call('HEAD', '/api/v1/things/')
    assert.deepEqual([head.status, head.text], [200, ''])
    assert.equal((await call('HEAD', '/api/v1/nothing/')).status, 404)
  })

  test('a body that is no JSON answers 415', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/xml',
      'x',
      'application/jsonx',
    ]) {
      const { status, body } = await call('POST', '/api/v1/things/', {
        headers: { 'content-type': type },
        payload: '{"name":"x"}',
      })
      assert.deepEqual([status, body], [415, { detail: 'Unsupported media type in request.' }], type)
    }
    assert.equal(
      (await call('POST', '/api/v1/things/', { payload: '{"name":"x"}', headers: { 'content-type': '' } })).status,
      415,
    )
    for (const type of ['application/json; charset=utf-8', 'Application/JSON', 'application/merge-patch+json']) {
      assert.equal(
        (await call('POST', '/api/v1/things/', { headers: { 'content-type': type }, payload: '{"name":"x"}' })).status,
        201,
      )
    }
  })

  test('what cannot be parsed answers 400', async () => {
    for (const text of ['{', '{"name":}', "{'name':'x'}", '{"name":"x"} x', 'NaN', '\0', '{"name":"\n"}']) {
      const { status, body } = await post(text)
      assert.equal(status, 400, text)
      assert.match(body.detail, /^JSON parse error/)
    }
  })

  test('a body that is no object answers 400; none at all is an empty one', async () => {
    for (const text of ['[]', '"x"', '1', 'null', 'true', '[{"name":"x"}]']) {
      const { status, body } = await post(text)
      assert.deepEqual([status, body], [400, { non_field_errors: ['Invalid data. Expected a dictionary.'] }], text)
    }
    for (const text of ['', '  ']) assert.deepEqual((await post(text)).body, { name: ['This field is required.'] })
    assert.deepEqual((await call('POST', '/api/v1/things/')).body, { name: ['This field is required.'] })
  })

  test('a body above 1 MiB answers 413, just below is read', async () => {
    const { status, body } = await post({ name: 'x', more: 'y'.repeat(1024 * 1024) })
    assert.deepEqual([status, body], [413, { detail: 'The request body is too large.' }])
    assert.equal((await post({ name: 'x', more: 'y'.repeat(1024 * 1024 - 40) })).status, 201)
  })
})

test('V1-013 with and without the slash at the end a route is the same', async () => {
  for (const url of ['/api/v1/things', '/api/v1/things/']) {
    assert.equal((await call('GET', url)).status, 200)
    const { status, body } = await post({ name: 'x' }, url)
    assert.deepEqual([status, body], [201, { name: 'x' }])
    assert.equal((await call('PUT', url)).status, 405)
  }
  assert.deepEqual((await call('GET', '/api/v1/things/5')).body, { id: 5 })
  assert.equal((await call('GET', '/api/v1/things?page=2')).body.current_page, 2)
})

test('V1-029 unknown keys of a body are ignored', async () => {
  const { status } = await post({ name: 'x', is_staff: true, is_superuser: true, id: 1, role: 'admin', nonsense: {} })
  assert.equal(status, 201)
})
