// What deploy/Dockerfile copies is a whole shop: nothing else of the project is needed to run it.
import assert from 'node:assert/strict'
import { cpSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openProcessShop, type ProcessShop } from './shop-process.ts'
import { makeShopFolder, runSouk, startServing } from './souk-process.ts'

const ROOT = join(import.meta.dirname, '../..')
const SECRET_KEY = 'Uk3-rT9_pQz7LmN2vX8bYd4sHj6WfGc1'

let home: ProcessShop
let entry: string
before(async () => {
  home = await openProcessShop({ NODE_ENV: 'production', SECRET_KEY, HOST: '127.0.0.1' })
  const place = makeShopFolder()
  const runs = readFileSync(join(ROOT, 'deploy/Dockerfile'), 'utf8')
    .split(/^FROM /m)
    .at(-1)!
  for (const [, source] of runs.matchAll(/^COPY (\S+) \S+$/gm))
    cpSync(join(ROOT, source!), join(place, source!), { recursive: true, filter: (path) => !path.endsWith('.test.ts') })
  symlinkSync(join(ROOT, 'node_modules'), join(place, 'node_modules'))
  entry = join(place, 'bin/souk.js')
})
after(() => home.close())

test('MP-260 NX-150 the image serves, and says that it is up, also where only some hosts are answered', async () => {
  const environment = { ...home.settings, ALLOWED_HOSTS: '127.0.0.1,shop.example.com' }
  assert.equal((await runSouk(['health'], environment, { entry })).code, 1, 'nothing serves yet')
  const souk = await startServing(environment, ['--no-worker'], { entry })
  const named = { ...environment, ALLOWED_HOSTS: '.shop.example.com,127.0.0.1' }
  for (const asked of [environment, named])
    assert.deepEqual((await runSouk(['health'], asked, { entry })).output, 'Up.\n')
  souk.signal('SIGTERM')
  assert.equal((await souk.ended).code, 0)
})

test('MP-262 NX-155 NX-160 check --deploy finds what must be mended, and nothing in a shop that is set up', async () => {
  const odd = await runSouk(['check', '--deploy'], { ...home.settings, SMTP_URL: 'smtp://127.0.0.1:1' }, { entry })
  assert.equal(odd.code, 1)
  assert.match(odd.output, /^WRONG {4}the mail server cannot be used: .*ECONNREFUSED/m)
  assert.match(odd.output, /^WRONG {4}PUBLIC_URL does not begin with https/m)
  assert.match(odd.output, /^warning {2}ALLOWED_HOSTS is not set/m)
  const settled = {
    ...home.settings,
    PUBLIC_URL: 'https://shop.example.com',
    MAIL_FROM: 'Tea <shop@example.com>',
  }
  const { code, output } = await runSouk(['check', '--deploy'], settled, { entry })
  assert.equal(code, 0, output)
  assert.match(output, /Nothing must be mended\.\n$/)
  const dead = await runSouk(
    ['check'],
    { ...settled, REDIS_URL: 'redis://127.0.0.1:1', DATABASE_URL: 'postgres://127.0.0.1:1/x' },
    { entry },
  )
  assert.equal(dead.code, 1)
  assert.match(dead.output, /the database cannot be used/)
  assert.match(dead.output, /WRONG {4}Redis cannot be used/)
})

test('NX-158 create-admin asks for e-mail and password where they are not said', async () => {
  const made = await runSouk(['create-admin'], home.settings, {
    entry,
    input: 'asked@example.com\nLong-Enough-4-Once\n',
  })
  assert.deepEqual([made.code, made.errors], [0, ''])
  assert.match(made.output, /^E-mail: \n?.*Password.*\nasked@example\.com may administer the shop\.\n$/s)
  const random = await runSouk(['create-admin'], home.settings, { entry, input: 'random@example.com\n\n' })
  assert.match(random.output, /Password: \S{16} {3}\(shown this once\)\n$/)
  const none = await runSouk(['create-admin'], home.settings, { entry, input: '' })
  assert.deepEqual([none.code, none.errors], [1, 'Say whom: create-admin --email somebody@example.com\n'])
})

test('NX-158 collect-static copies what a web server may serve instead', async () => {
  const folder = makeShopFolder()
  assert.equal((await runSouk(['collect-static', folder], home.settings, { entry })).code, 0)
  for (const file of ['api/docs/swagger-ui-bundle.js', 'api/docs/swagger-ui.css', 'api/redoc/redoc.standalone.js'])
    assert.ok(statSync(join(folder, file)).size > 1000, file)
  assert.equal((await runSouk(['collect-static'], home.settings, { entry })).code, 1)
})
