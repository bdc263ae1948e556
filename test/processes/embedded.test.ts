// The life of a shop on its embedded database: opened, shared, killed, found again, closed.
import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { test } from 'node:test'
import { writeUrl } from '../../src/platform/embedded-postgres/connection.ts'
import { holdTable } from './held-table.ts'
import {
  call,
  type Environment,
  findFreePort,
  makeShopFolder,
  onThisMachine,
  runSouk,
  type SoukProcess,
  serverOn,
  settingsFor,
  startServing,
  until,
} from './souk-process.ts'

const folder = makeShopFolder()
const BOSS = { email: 'boss@example.com', password: 'Long-Enough-4-Once' }
let settings: Environment
let souk: SoukProcess

const signIn = async () => call(`${souk.url}/api/v1/auth/login/`, { body: BOSS })
const whoAmI = async (token: string) => call(`${souk.url}/api/v1/users/me/`, { token })

test('V1-031 an empty folder becomes a shop that answers', async () => {
  settings = await settingsFor(folder)
  souk = await startServing(settings)
  const { status, body } = await call(`${souk.url}/api/health/`)
  assert.equal(status, 200)
  assert.deepEqual([body.status, body.database], ['healthy', 'connected'])
  await until('it says where it is open', () => souk.output().includes(`Souk is open   ${souk.url}`))
  assert.match(souk.output(), /Administrator {2}admin@souk\.localhost\n {2}Password {7}\S{16} {3}\(shown this once\)/)
})

test('a second server on the same data is refused in a sentence, before it touches anything', async () => {
  const server = serverOn(folder)
  const { code, output, errors } = await runSouk(['serve'], { ...settings, PORT: await findFreePort() })
  assert.equal(code, 1)
  assert.equal(output, '')
  assert.equal(
    errors,
    `Souk is already being served on the data in ${folder}/postgres. Stop that one first, or set DATABASE_URL to another place.\n`,
  )
  assert.deepEqual(serverOn(folder), server)
})

test('V1-171 V1-175 commands run beside the server and leave its database running', async () => {
  const server = serverOn(folder)
  const makeBoss = ['create-admin', '--email', BOSS.email, '--password', BOSS.password]
  const said = await Promise.all(
    [makeBoss, ['doctor'], ['cleanup-sessions', '--dry-run'], ['migrate']].map((args) => runSouk(args, settings)),
  )
  assert.deepEqual(
    said.map(({ code, errors }) => [code, errors]),
    said.map(() => [0, '']),
  )
  const [made, examined, cleaned, migrated] = said.map(({ output }) => output)
  assert.equal(made, 'boss@example.com may administer the shop.\n')
  assert.match(examined!, /^Sound: \d+ checks passed\.\n$/)
  assert.match(cleaned!, /^Would remove \d+ sessions.*\.\n$/)
  assert.equal(migrated, 'The database is up to date.\n')
  assert.deepEqual(serverOn(folder), server)
  assert.equal((await signIn()).status, 200)
})

test('V1-175 who cannot be made an administrator is told in a sentence', async () => {
  const said = await Promise.all(
    ['nobody', BOSS.email].map((email) => runSouk(['create-admin', '--email', email], settings)),
  )
  assert.deepEqual(
    said.map(({ code, output, errors }) => [code, output, errors]),
    [
      [1, '', 'nobody was not made an administrator: that is no e-mail address.\n'],
      [1, '', 'boss@example.com was not made an administrator: an account with this e-mail exists.\n'],
    ],
  )
})

test('after kill -9 it answers again within two seconds, and nothing is forgotten', async () => {
  const { body: before } = await signIn()
  let limitMs = 0
  let tookMs = Number.POSITIVE_INFINITY
  // Whatever else the machine does at the moment may slow one start.
  for (let attempt = 0; attempt < 5 && tookMs >= limitMs; attempt += 1) {
    souk.signal('SIGKILL')
    assert.equal((await souk.ended).signal, 'SIGKILL')
    const again = await startServing(settings)
    souk = again
    tookMs = again.tookMs
    limitMs = onThisMachine(2000)
  }
  assert.ok(tookMs < limitMs, `the first answer took ${tookMs} ms`)
  assert.equal((await whoAmI(before.access)).body.email, BOSS.email, 'also the key that signs is the same')
  assert.equal((await signIn()).status, 200)
})

test('SIGTERM: the request under way is answered, new ones are not, the database stops, the exit code is 0', async () => {
  await until('it says that it is open', () => souk.output().includes('Souk is open'))
  const held = await holdTable(writeUrl(`${folder}/postgres`, serverOn(folder)!.port, 'test'), 'identity.accounts')
  const slow = signIn()
  await until('the request waits', async () => (await held.waiting()) > 0)
  souk.signal('SIGTERM')
  await until('it says that it stops', () => souk.output().includes('stopping'))
  const late = await call(`${souk.url}/api/health/`).catch(() => ({ status: 'no answer' }))
  assert.ok([503, 'no answer'].includes(late.status), `${late.status}`)
  await held.letGo()
  assert.equal((await slow).status, 200)
  const answeredAt = performance.now()
  const { code, output, errors } = await souk.ended
  assert.ok(performance.now() - answeredAt < onThisMachine(5000), 'an idle connection keeps nobody waiting')
  assert.deepEqual([code, errors], [0, ''])
  assert.match(output, /Souk is closed\.\n$/)
  assert.equal(serverOn(folder), undefined)
})

test('a port that is taken is said in a sentence, and no database is left running', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(Number(settings.PORT), '127.0.0.1', resolve))
  const { code, errors } = await runSouk(['serve'], settings)
  await new Promise((resolve) => other.close(resolve))
  assert.equal(code, 1)
  assert.equal(errors, `Port ${settings.PORT} of 127.0.0.1 is taken. Set PORT to another one.\n`)
  assert.equal(serverOn(folder), undefined)
})

test('a start that fails when the database runs already stops the database again', async () => {
  const empty = makeShopFolder()
  const { code, output, errors } = await runSouk(['serve'], await settingsFor(empty, { ADMIN_EMAIL: 'nobody' }))
  assert.equal(code, 1)
  assert.match(output, /PostgreSQL on .* started/)
  assert.match(errors, /^The administrator of ADMIN_EMAIL[^\n]* cannot be made: that is no e-mail address\.\n$/)
  assert.equal(serverOn(empty), undefined)
})

test('a command without a server starts the database and stops it again', async () => {
  const { code, output } = await runSouk(['doctor'], settings)
  assert.equal(code, 0, output)
  assert.equal(serverOn(folder), undefined)
})
