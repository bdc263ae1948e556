import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EVERYTHING } from '#platform/changes'
import { openTaggedCache } from './tagged-cache.ts'

const open = (bytesMax = 80_000) => {
  let nowMs = 0
  const cache = openTaggedCache<string>({ bytesMax, nowMs: () => nowMs })
  const keep = (key: string, tags: string[], { heardBefore = cache.countHeard(), bytes = 100 } = {}) =>
    cache.keep(key, `value of ${key}`, { tags: new Set(tags), heardBefore, seconds: 60, bytes })
  const pass = (ms: number) => {
    nowMs += ms
  }
  return { cache, keep, pass }
}
const changes = (...tags: string[]) => new Set(tags)

test('a value is found until something that it shows changes', () => {
  const { cache, keep } = open()
  keep('list', ['products', 'product:1'])
  keep('page', ['products', 'product:2'])
  keep('tree', ['categories'])
  cache.drop(changes('product:1', 'product:77'))
  assert.deepEqual(
    ['list', 'page', 'tree'].map((key) => cache.find(key)),
    [undefined, 'value of page', 'value of tree'],
  )
  cache.drop(EVERYTHING)
  assert.deepEqual([cache.find('page'), cache.find('tree'), cache.bytes()], [undefined, undefined, 0])
})

test('a value that was read before a change is not kept after it', () => {
  const { cache, keep } = open()
  const heardBefore = cache.countHeard()
  cache.drop(changes('brands'))
  keep('list', ['products'], { heardBefore })
  assert.ok(cache.find('list'), 'it shows no brand')
  cache.drop(changes('products'))
  keep('list', ['products'], { heardBefore })
  assert.equal(cache.find('list'), undefined)
  keep('list', ['products'])
  assert.ok(cache.find('list'))
})

test('a reading that all may have changed under, or too much to remember, is not kept', () => {
  const { cache, keep } = open()
  const first = cache.countHeard()
  cache.drop(EVERYTHING)
  keep('a', ['products'], { heardBefore: first })
  const second = cache.countHeard()
  for (let time = 0; time < 1001; time += 1) cache.drop(changes('brands'))
  keep('b', ['products'], { heardBefore: second })
  assert.deepEqual([cache.find('a'), cache.find('b')], [undefined, undefined])
})

test('a value that is kept anew is dropped by its new tags alone', () => {
  const { cache, keep } = open()
  keep('list', ['product:1'])
  keep('list', ['product:2'])
  cache.drop(changes('product:1'))
  assert.ok(cache.find('list'))
  cache.drop(changes('product:2'))
  assert.equal(cache.find('list'), undefined)
})

test('a value ends with its time', () => {
  const { cache, keep, pass } = open()
  keep('list', ['products'])
  pass(59_999)
  assert.ok(cache.find('list'))
  pass(1)
  assert.equal(cache.find('list'), undefined)
  assert.equal(cache.bytes(), 0)
})

test('the bytes are bounded: what is not used gives way, and what is too large is not kept', () => {
  const { cache, keep } = open(1000)
  keep('hot', ['products'])
  for (let n = 0; n < 1000; n += 1) {
    keep(`random ${n}`, [`product:${n}`])
    assert.ok(cache.find('hot'))
    assert.ok(cache.bytes() <= 1000)
  }
  assert.equal(cache.find('random 0'), undefined)
  assert.ok(cache.find('random 999'))
  keep('large', ['products'], { bytes: 126 })
  assert.equal(cache.find('large'), undefined)
})
