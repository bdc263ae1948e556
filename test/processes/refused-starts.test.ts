// What keeps Souk from starting is said in a sentence that names what to change, with exit code 1.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { test } from 'node:test'
import { type Environment, makeShopFolder, runSouk, serverOn } from './souk-process.ts'

const folder = makeShopFolder()
const production = {
  NODE_ENV: 'production',
  SECRET_KEY: 'kF8-wq2_Zr5nB0xLt7Yc3vHs9JdGm1Pa6Eu4',
  DATABASE_URL: 'postgres://nobody@127.0.0.1:1/souk',
  PUBLIC_URL: 'https://shop.example.com',
}

async function refusal(environment: Environment): Promise<string> {
  const { code, output, errors } = await runSouk(['serve'], { DATA_DIRECTORY: folder, ...environment })
  assert.equal(code, 1, output)
  assert.match(errors, /^[^\n]+\n$/, 'one sentence, and no stack')
  return errors
}

test('V1-168 V1-179 production does not start without its secrets and its database, or with a placeholder', async () => {
  const cases: [Environment, RegExp][] = [
    [{ SECRET_KEY: '' }, /SECRET_KEY must be set/],
    [{ SECRET_KEY: 'short-but-not-a-word' }, /SECRET_KEY must be set, with at least 32 characters/],
    [{ SECRET_KEY: 'please-change-me-please-change-me-please' }, /SECRET_KEY is a placeholder/],
    [{ SECRET_KEY: 'x'.repeat(64) }, /SECRET_KEY is a placeholder/],
    [{ DATABASE_URL: '' }, /DATABASE_URL must be set/],
  ]
  const said = await Promise.all(cases.map(([wrong]) => refusal({ ...production, ...wrong })))
  for (const [index, [, pattern]] of cases.entries()) {
    assert.match(said[index]!, pattern)
    assert.match(
      said[index]!,
      /^Souk does not start in production like this: [A-Z]+_[A-Z]+ [^;]+\.\n$/,
      'and nothing else',
    )
  }
})

test('V1-179 a production that is set up comes as far as its database', async () => {
  assert.match(
    await refusal({ ...production, PORT: '0' }),
    /database of DATABASE_URL cannot be reached.*127\.0\.0\.1:1/,
  )
})

test('V1-179 a database that never answers is not waited for without end', async () => {
  const silent = createServer((socket) => void socket.on('error', () => {})).listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const { port } = silent.address() as AddressInfo
  try {
    const said = await refusal({ DATABASE_URL: `postgres://nobody@127.0.0.1:${port}/souk` })
    assert.match(said, /^The database of DATABASE_URL cannot be reached\. \(timeout expired\)\n$/)
  } finally {
    silent.close()
  }
})

test('a wrong value names its variable', async () => {
  const cases: [Environment, RegExp][] = [
    [{ PORT: 'abc' }, /PORT must be a port/],
    [{ PORT: '65536' }, /PORT must be a port/],
    [{ NODE_ENV: 'live' }, /NODE_ENV must be one of development, production, testing/],
    [{ DATABASE_URL: 'mysql://127.0.0.1/souk' }, /DATABASE_URL must begin with postgres:\/\//],
    [{ FRONTEND_URL: 'shop.example.com' }, /FRONTEND_URL must look like/],
    [{ DEMO_DATA: 'maybe' }, /DEMO_DATA must be true or false/],
    [{ HOST: '203.0.113.1' }, /Set HOST/],
    [{ THROTTLE_ANON: 'some' }, /^Configuration: THROTTLE_ANON must look like 100\/hour/],
    [{ PORT: 'abc', LOG_LEVEL: 'loud' }, /PORT .*LOG_LEVEL/],
  ]
  const said = await Promise.all(cases.map(([wrong]) => refusal(wrong)))
  for (const [index, [, pattern]] of cases.entries()) assert.match(said[index]!, pattern)
  assert.equal(serverOn(folder), undefined)
})

test('a command that is none, and an option that is none', async () => {
  const [wrong, option, ofWorker, help, ofImport] = await Promise.all([
    runSouk(['sevre'], {}),
    runSouk(['serve', '--no-workers'], { DATA_DIRECTORY: folder }),
    runSouk(['worker', '--nonsense'], { DATA_DIRECTORY: folder }),
    runSouk(['help'], {}),
    runSouk(['import', '--help'], {}),
  ])
  assert.equal(wrong.code, 2)
  assert.match(wrong.errors, /^There is no command sevre\.\n\nUsage: .*\n\n {2}serve /)
  assert.equal(option.code, 1)
  assert.match(option.errors, /^Unknown option '--no-workers'[^\n]*\n$/)
  assert.equal(ofWorker.code, 1)
  assert.match(ofWorker.errors, /^Unknown option '--nonsense'[^\n]*\n$/)
  assert.deepEqual([help.code, help.errors], [0, ''])
  assert.deepEqual([ofImport.code, ofImport.errors], [0, ''])
  assert.match(ofImport.output, /^Usage: .*\n\n {2}import .*FILE \[--dry-run\]\n$/)
  assert.equal(serverOn(folder), undefined)
})

test('an older Node is told which one Souk needs', async () => {
  const pretending = `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'22.20.0'}})`
  const sentence = /^Souk needs Node 24 or newer, this is \d+\.\d+\.\d+\.\n/
  for (const entry of ['bin/souk.js', 'src/main.ts']) {
    const { code, errors } = await runSouk(['serve'], {}, { entry, nodeOptions: ['--import', pretending] })
    assert.equal(code, 1)
    assert.match(errors, sentence)
  }
  const older = findOlderNode()
  if (!older) return
  const { code, errors } = await runSouk(['serve'], {}, { entry: 'bin/souk.js', program: older })
  assert.equal(code, 1)
  assert.match(errors, sentence)
})

/** The Node of the machine, where it is too old. */
function findOlderNode(): string | undefined {
  const program = '/usr/bin/node'
  try {
    const version = execFileSync(program, ['--version'], { encoding: 'utf8' })
    return Number(/^v(\d+)/.exec(version)?.[1]) < 24 ? program : undefined
  } catch {
    return undefined
  }
}
