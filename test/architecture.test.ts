/** The shape of the code, held. The picture in ARCHITECTURE.md is this table. */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'

/** Which module may use which. An edge that is not here fails, and so does one that is not used. */
const mayUse: Record<string, string[]> = {
  identity: [],
  customers: ['browse', 'cart', 'identity'],
  catalog: ['orders'],
  inventory: ['catalog'],
  promotions: [],
  shipping: [],
  payments: [],
  orders: [],
  reviews: ['browse', 'identity', 'orders'],
  browse: [],
  cart: ['browse', 'orders', 'promotions'],
  assortment: ['browse', 'cart', 'catalog', 'inventory', 'orders'],
  checkout: ['browse', 'cart', 'customers', 'inventory', 'orders', 'payments', 'promotions', 'shipping'],
  audit: [],
  backoffice: ['analytics', 'audit', 'identity', 'orders', 'payments'],
  analytics: ['cart', 'identity', 'orders'],
  recommendations: [],
  notifications: ['browse', 'cart', 'customers', 'identity', 'inventory', 'orders', 'payments', 'shipping', 'watches'],
  watches: ['browse'],
  privacy: [
    'analytics',
    'audit',
    'browse',
    'cart',
    'customers',
    'identity',
    'notifications',
    'orders',
    'payments',
    'recommendations',
    'reviews',
    'shipping',
    'watches',
  ],
  webhooks: ['identity', 'orders', 'payments', 'shipping'],
  doctor: [],
}
/** These read the tables of others, and write none of them. */
const readsOthers = ['analytics', 'backoffice', 'browse', 'doctor', 'recommendations']

const LINES_MAX = 300

const files = globSync('{src,test,scripts,benchmarks}/**/*.ts').map((path) => ({
  path,
  text: readFileSync(path, 'utf8'),
}))
const sources = files.filter(
  ({ path }) => path.startsWith('src/') && !path.endsWith('.test.ts') && !path.includes('/test-'),
)
const importsOf = (text: string) => [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1]!)

test('layers point one way: api to commerce to platform', () => {
  const forbidden: Record<string, RegExp> = {
    platform: /^#commerce|\/(?:commerce|api|commands|sample-shop)\/|config\.ts$|composition\.ts$/,
    commerce: /\/(?:api|commands|sample-shop)\/|composition\.ts$|^fastify|^@fastify|^typebox/,
    api: /\/(?:commands|sample-shop)\/|composition\.ts$|^pg$|^kysely$/,
  }
  for (const { path, text } of sources) {
    const layer = path.split('/')[1]!
    for (const name of importsOf(text)) {
      // A composition imports everything; what it is made of never imports it.
      assert.ok(!forbidden[layer]?.test(name) || isTypeOf(text, name), `${path} imports ${name}`)
    }
  }
})

test('modules use only the modules that they are listed with, and every listing is used', () => {
  const used = new Map<string, Set<string>>()
  for (const { path, text } of sources) {
    const module = /^src\/commerce\/([a-z-]+)\//.exec(path)?.[1]
    if (!module) continue
    for (const name of importsOf(text)) {
      const other = /^#commerce\/([a-z-]+)$/.exec(name)?.[1]
      if (other) used.set(module, (used.get(module) ?? new Set()).add(other))
      assert.ok(!leavesModule(path, name), `${path} reaches around a face: ${name}`)
    }
  }
  for (const [module, others] of Object.entries(mayUse)) {
    assert.deepEqual([...(used.get(module) ?? [])].sort(), others, `what ${module} uses`)
  }
  const folders = new Set(sources.map(({ path }) => /^src\/commerce\/([a-z-]+)\//.exec(path)?.[1]).filter(Boolean))
  assert.deepEqual([...folders].sort(), Object.keys(mayUse).sort(), 'the modules')
})

test('what is not of a module sees its face alone', () => {
  for (const { path, text } of files.filter((file) => !file.path.startsWith('src/commerce/'))) {
    for (const name of importsOf(text)) {
      const target = name.startsWith('.') ? new URL(name, `file:///${path}`).pathname.slice(1) : name
      assert.ok(!/^(?:src\/commerce\/[a-z-]+\/|#commerce\/[a-z-]+\/)/.test(target), `${path} imports ${name}`)
    }
  }
  for (const { path, text } of files) {
    for (const name of importsOf(text)) assert.ok(!/^#commerce\/.+\//.test(name), `${path} imports ${name}`)
  }
})

test('a face is two lines on what it owns and named exports', () => {
  for (const { path, text } of sources.filter((file) => /^src\/commerce\/[a-z-]+\/index\.ts$/.test(file.path))) {
    assert.match(text, /^\/\*\*\n \* .+\n \* .+\n(?: \* .+\n)* \*\//, `${path} does not say what it owns`)
    assert.ok(!/export \*/.test(text), `${path} exports everything`)
  }
})

test('SQL stays in queries, and each module names only its own schema', () => {
  const schemas = Object.keys(mayUse)
  const isQueries = (path: string) => /(?:^|[/.])queries\.ts$/.test(path)
  for (const { path, text } of sources.filter((file) =>
    /^src\/(?:commerce|api|commands|sample-shop)\//.test(file.path),
  )) {
    if (!isQueries(path)) {
      assert.ok(!/\bsql`|\bsql<|selectFrom|insertInto|updateTable|deleteFrom/.test(text), `${path} holds SQL`)
      continue
    }
    const module = path.split('/')[2]!
    for (const [, verb, schema] of text.matchAll(/\b(from|join|into|update)\s+([a-z]+)\.[a-z_]+/g)) {
      if (schema === module || !schemas.includes(schema!)) continue
      assert.ok(readsOthers.includes(module) && /from|join/.test(verb!), `${path} names the schema ${schema}`)
    }
    if (readsOthers.includes(module)) {
      for (const [, schema] of text.matchAll(/\b(?:insert into|update|delete from)\s+([a-z]+)\./g)) {
        assert.equal(schema, module, `${path} writes to ${schema}`)
      }
    }
  }
})

test('files stay small and are named for what they hold', () => {
  for (const { path, text } of files) {
    assert.ok(text.split('\n').length <= LINES_MAX, `${path} has more than ${LINES_MAX} lines`)
    assert.ok(
      !/(^|\/|-)(utils?|helpers?|misc|manager|service)(\.|\/)|\/(common|base)(\.|\/)/.test(path),
      `${path} is named for nothing`,
    )
    assert.ok(/^[a-z0-9/.-]+$/.test(path), `${path} is not kebab-case`)
  }
})

test('nothing is left for later without saying so in an issue', () => {
  const unfinished = new RegExp(['TO', 'DO|FIX', 'ME|XX', 'X\\b'].join(''))
  for (const { path, text } of files) assert.ok(!unfinished.test(text), `${path} is unfinished by its own word`)
})

const isTypeOf = (text: string, name: string) =>
  new RegExp(`import type [^;]*?from '${name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}'`).test(text)

/** Whether a relative import ends in another module's rooms. */
function leavesModule(path: string, name: string): boolean {
  if (!name.startsWith('.')) return false
  const target = new URL(name, `file:///${path}`).pathname.slice(1)
  const module = path.split('/').slice(0, 3).join('/')
  return target.startsWith('src/commerce/') && target !== 'src/commerce/app.ts' && !target.startsWith(`${module}/`)
}

test('V1-181 the licence is MIT', () => {
  assert.match(readFileSync('LICENSE', 'utf8'), /^MIT License/)
  assert.equal(JSON.parse(readFileSync('package.json', 'utf8')).license, 'MIT')
})
