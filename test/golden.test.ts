/** openapi.json and access.txt say what the server says: who changes a route commits both. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { makeGoldenFiles } from '../scripts/golden-files.ts'

const files = await makeGoldenFiles()

for (const [name, content] of Object.entries(files)) {
  test(`${name} is what the server says`, () => {
    const file = new URL(`../${name}`, import.meta.url)
    const known = existsSync(file) ? readFileSync(file, 'utf8') : ''
    assert.ok(
      known === content,
      `${name} is not up to date: run \`npm run golden\` and commit it. ${firstChange(known, content)}`,
    )
  })
}

test('every operation has a name of its own, a summary and a tag', () => {
  const { paths } = JSON.parse(files['openapi.json']!)
  const names = new Set<string>()
  for (const [path, operations] of Object.entries<
    Record<string, { operationId?: string; summary?: string; tags?: string[] }>
  >(paths)) {
    for (const [method, { operationId, summary, tags }] of Object.entries(operations)) {
      const route = `${method.toUpperCase()} ${path}`
      assert.ok(operationId && summary && tags?.length, `${route} lacks operationId, summary or tags`)
      assert.ok(!names.has(operationId), `${route}: the operationId ${operationId} is taken`)
      names.add(operationId)
    }
  }
})

test('every route of the document says how many SQL statements it may run', () => {
  for (const line of files['access.txt']!.trim().split('\n')) {
    const [method, url, access, budget] = line.split(/ +/)
    assert.match(budget!, /^\d+$/, `${method} ${url} has no sqlBudget`)
    assert.match(access!, /^(public|visitor|user|seller|staff|token|signature)$/)
  }
})

/** Where the two part, for the eye. */
function firstChange(known: string, content: string): string {
  const [before, now] = [known.split('\n'), content.split('\n')]
  const at = now.findIndex((line, index) => line !== before[index])
  return at < 0 ? '' : `First change, line ${at + 1}:\n- ${before[at] ?? ''}\n+ ${now[at]}`
}
