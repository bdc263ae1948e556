/** docs/security.md is true: what it says of limits, times and routes is so, and each requirement has its test. */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { accessLifetimeS, type Surface } from '#commerce/identity'
import { readConfig, variables } from '../../src/config.ts'

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const text = read('docs/security.md')
const section = (from: string, to: string) => text.slice(text.indexOf(from), text.indexOf(to, text.indexOf(from)))
const config = readConfig({ NODE_ENV: 'testing', SECRET_KEY: 'of a test that reads defaults alone' })

const root = new URL('../../', import.meta.url)
const titles = globSync('{src,test}/**/*.test.ts', { cwd: root }).flatMap((path) =>
  [...read(path).matchAll(/\btest\(\s*(['"`])(.*?)\1/g)].map(([, , title]) => title!),
)
const numbersIn = (title: string) =>
  [...title.matchAll(/ASVS((?: \d+\.\d+\.\d+)+)/g)].flatMap(([, numbers]) => numbers!.trim().split(' '))

/** The rows of part 3: number, level, in a few words, how, tests. */
const rows = [...section('## 3.', '## 4.').matchAll(/^\| (\d+\.\d+\.\d+) \| (\d) \| (.*) \| (.*) \| (.*) \|$/gm)].map(
  ([, number, level, , , tests]) => ({ number: number!, level: Number(level), tests: tests! }),
)
const isAsked = ({ number, level }: { number: string; level: number }) => level < 3 && /^([679]|10)\./.test(number)

test('each requirement of the security document has its test, and each such test stands in the document', () => {
  const known = rows.map(({ number }) => number)
  assert.equal(new Set(known).size, known.length)
  assert.equal(rows.filter(isAsked).length, 63)
  assert.deepEqual([...new Set(titles.flatMap(numbersIn))].sort(), [...known].sort())
  for (const { number, tests } of rows) {
    const named = [...tests.matchAll(/`([^`]+)`/g)].map(([, title]) => title!)
    assert.ok(named.length > 0, number)
    for (const title of named) {
      assert.ok(titles.includes(title), `no test is called: ${title}`)
      assert.ok(numbersIn(title).includes(number), `${title} does not say ${number}`)
    }
  }
  assert.doesNotMatch(text, /\[to /)
  for (const [, number] of section('## 4.', '**The operator').matchAll(/^\| (\d+\.\d+\.\d+)/gm))
    assert.match(number!, /^([67]|10)\.\d+\.\d+$/)
})

test('ASVS 6.1.1 the document names every limit with its setting and default', () => {
  const table = section('### Attempts and locks', '### Sessions and tokens')
  const names = Object.keys(variables).filter((name) =>
    /ATTEMPTS|LOCKOUT|THROTTLE|_LIMIT$|PER_MINUTE|SUSPICIOUS_/.test(name),
  )
  assert.ok(names.length >= 12, `${names}`)
  for (const name of names) {
    const line = table.split('\n').find((one) => one.includes(`\`${name}\``))
    assert.ok(line, `${name} is not named`)
    if (name.startsWith('FORCE')) continue
    const usual = { THROTTLE_ANON: '100', THROTTLE_USER: '1000' }[name] ?? variables[name as 'PORT'].fallback
    assert.match(line, new RegExp(`\\b${usual}\\b`), `${name} is ${usual}`)
  }
})

test('ASVS 6.1.2 the words of the document are those that are refused', () => {
  const [, listed] = /^\*\*Words of the shop\*\*[^:]*:([^;]*);/m.exec(text)!
  const words = listed!.split(',').map((word) => word.trim())
  assert.deepEqual(words, config.PASSWORD_FORBIDDEN_WORDS)
})

type Schema = { $ref?: string; properties?: Record<string, Schema>; items?: Schema; anyOf?: Schema[]; allOf?: Schema[] }
type Operation = { responses?: Record<string, { content?: Record<string, { schema?: Schema }> }> }
const openapi = JSON.parse(read('openapi.json')) as {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema> }
}

function handsOutTokens({ $ref, properties = {}, items, anyOf = [], allOf = [] }: Schema): boolean {
  if ($ref) return handsOutTokens(openapi.components.schemas[$ref.split('/').at(-1)!]!)
  if (['access', 'access_token', 'refresh', 'verification_token'].some((name) => name in properties)) return true
  return [...Object.values(properties), ...(items ? [items] : []), ...anyOf, ...allOf].some(handsOutTokens)
}

test('ASVS 6.1.3 every route that hands out tokens is in the document, and no other is named there', () => {
  const ways = Object.entries(openapi.paths).flatMap(([path, operations]) =>
    Object.values(operations).flatMap(({ responses = {} }) => {
      const schemas = Object.values(responses).flatMap(({ content = {} }) => Object.values(content))
      return schemas.some(({ schema }) => schema && handsOutTokens(schema)) ? [path] : []
    }),
  )
  const named = section('### The ways in', '## 2.').matchAll(/`(\/[\w{}/-]+\/)`/g)
  assert.deepEqual([...new Set([...named].map(([, path]) => path!))].sort(), [...new Set(ways)].sort())
})

test('ASVS 7.1.1 the document names the lifetimes that hold', () => {
  const part = section('### Sessions and tokens', '### Letters')
  for (const name of ['SESSION_EXPIRE_DAYS', 'SESSION_MAX_DAYS'] as const)
    assert.ok(part.includes(`\`${name}\` (${config[name]})`), name)
  const minutes = (surface: Surface) => accessLifetimeS(surface, config) / 60
  const row = (beginning: string) => part.split('\n').find((line) => line.startsWith(`| ${beginning} |`))
  assert.match(row('v1')!, new RegExp(`\\| ${minutes('v1')} minutes \\| 7 days`))
  for (const surface of ['nexus', 'marketplace'] as const) assert.equal(minutes(surface), 60)
  assert.match(row('nexus, marketplace')!, /\| 1 hour \| 7 days/)
  assert.match(
    row('storefront')!,
    new RegExp(`\\| ${minutes('storefront')} minutes .*${config.STOREFRONT_REFRESH_DAYS} days`),
  )
})

test('ASVS 7.1.2 the document names the number of sessions that holds', () => {
  assert.ok(text.includes(`\`MAX_SESSIONS_PER_USER\` (${config.MAX_SESSIONS_PER_USER})`))
})
