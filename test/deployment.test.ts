// The image and the compose file, as far as they can be looked at without Docker.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parse } from 'yaml'
import { readConfig, variables } from '../src/config.ts'

const ROOT = new URL('../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, ROOT), 'utf8')

type Service = {
  image: string
  command: string[]
  ports?: string[]
  expose?: string[]
  environment: Record<string, string>
  healthcheck?: { test: string[] }
  depends_on?: Record<string, unknown>
}
const compose: { services: Record<string, Service>; volumes: Record<string, null> } = parse(
  read('deploy/compose.yaml'),
  {
    merge: true,
  },
)
const image = read('deploy/Dockerfile').split('\n')
const imageEnvironment = Object.fromEntries(
  [...read('deploy/Dockerfile').matchAll(/^(?:ENV| {3}) ([A-Z_]+)=(\S+)/gm)].map(([, name, value]) => [name!, value!]),
)

/** As compose fills in what stands in the environment or has a default. */
const filledIn = (text: string) =>
  text.replaceAll(
    /\$\{(\w+)(?::-([^}]*)|:\?[^}]*)?\}/g,
    (_, name, usual) => usual ?? `${name}-0123456789abcdefghijklmnopqrstuvwxyz`,
  )

test('NX-150 MP-261 V1-444 compose runs a web server, PostgreSQL, Redis and a worker, and waits for those that are needed', () => {
  const { web, worker, database, cache } = compose.services
  assert.deepEqual(Object.keys(compose.services).sort(), ['cache', 'database', 'web', 'worker'])
  assert.deepEqual(web!.ports!.map(filledIn), ['8000:8000'])
  assert.deepEqual([database!.expose, cache!.expose], [['5432'], ['6379']])
  assert.deepEqual([web!.command, worker!.command], [['serve', '--no-worker'], ['worker']])
  assert.match(database!.image, /^postgres:\d/)
  assert.match(cache!.image, /^redis:\d/)
  assert.deepEqual(Object.keys(web!.depends_on!), ['database', 'cache'])
  assert.ok([database, cache].every((service) => service!.healthcheck))
  assert.ok(read('deploy/Dockerfile').includes('HEALTHCHECK'))
})

test('NX-150 NX-155 with what compose says Souk is configured, in production and for its neighbours', () => {
  for (const { environment, image: from } of Object.values(compose.services)) {
    if (from !== 'souk') continue
    const unknown = Object.keys({ ...environment, ...imageEnvironment }).filter((name) => !(name in variables))
    assert.deepEqual(unknown, [])
    const filled = Object.entries(environment).map(([name, value]) => [name, filledIn(value)])
    const config = readConfig({ ...imageEnvironment, ...Object.fromEntries(filled) })
    assert.deepEqual([config.production, config.HOST, config.PORT], [true, '0.0.0.0', 8000])
    assert.deepEqual([new URL(config.databaseUrl).hostname, config.REDIS_URL], ['database', 'redis://cache:6379'])
  }
})

test('MP-260 the image has the Node of this project, runs as nobody special, and copies what is there', () => {
  const { optionalDependencies } = JSON.parse(read('package.json'))
  const bases = image.filter((line) => line.startsWith('FROM ')).map((line) => /^FROM node:([\d.]+)-/.exec(line)?.[1])
  assert.deepEqual(new Set(bases), new Set(Object.values(optionalDependencies)))
  assert.deepEqual(
    image.filter((line) => line.startsWith('USER ')),
    ['USER node'],
  )
  assert.ok(image.includes('EXPOSE 8000'))
  const ignored = read('.dockerignore').split('\n')
  for (const source of copied()) {
    assert.ok(existsSync(new URL(source, ROOT)), source)
    assert.ok(ignored.includes(`!${source}`), `${source} reaches the build`)
  }
})

test('NX-157 NX-161 the template of the environment names every variable, and the licence is MIT', () => {
  const template = read('.env.example')
  const missing = Object.keys(variables).filter((name) => !template.includes(`\n# ${name}=`))
  assert.deepEqual(missing, [])
  assert.match(read('LICENSE'), /^MIT License/)
  assert.equal(JSON.parse(read('package.json')).license, 'MIT')
})

/** What both stages copy from the project. */
const copied = () =>
  image
    .filter((line) => line.startsWith('COPY ') && !line.includes('--from'))
    .flatMap((line) => line.split(' ').slice(1, -1))
