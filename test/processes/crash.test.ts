// What a shop leaves behind of an error that nobody caught, and of its log.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openProcessShop, type ProcessShop } from './shop-process.ts'
import { startServing } from './souk-process.ts'

let home: ProcessShop
const reports: { message: string; context: object }[] = []
const double = createServer(async (request, response) => {
  let body = ''
  for await (const chunk of request) body += chunk
  reports.push(JSON.parse(body))
  response.end()
})
before(async () => {
  await new Promise<void>((resolve) => double.listen(0, '127.0.0.1', resolve))
  const { port } = double.address() as AddressInfo
  home = await openProcessShop({ NODE_ENV: 'production', ERROR_REPORT_URL: `http://127.0.0.1:${port}/` })
})
after(async () => {
  await home.close()
  double.close()
})

/** An error on a signal, in the process that serves. */
const CRASHES = 'data:text/javascript,process.on("SIGUSR2",()=>{throw new Error("nobody caught this")})'

test('MP-202 MP-204 a shop that crashes reports it first, and its files tell of it', async () => {
  const logs = join(home.settings.DATA_DIRECTORY!, 'logs')
  const souk = await startServing({ ...home.settings, LOG_DIRECTORY: logs }, [], { nodeOptions: ['--import', CRASHES] })
  await fetch(`${souk.url}/api/v1/brands/`, { headers: { 'x-request-id': 'request-of-mine' } })
  souk.signal('SIGUSR2')
  assert.equal((await souk.ended).code, 1)
  assert.deepEqual(
    reports.map(({ message, context }) => [message, context]),
    [['nobody caught this', { origin: 'uncaughtException' }]],
  )
  const read = (name: string) =>
    readFileSync(join(logs, name), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  const ofRequest = read('app.log').find(({ request }) => request === 'request-of-mine')
  assert.deepEqual([ofRequest?.msg, ofRequest?.status, ofRequest?.logger], ['request', 200, 'http'])
  assert.deepEqual(
    read('errors.log').map(({ msg }) => msg),
    ['an error that nobody caught: the process ends'],
  )
})
