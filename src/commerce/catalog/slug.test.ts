import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freeSlug, slugify } from './slug.ts'

test('a slug keeps letters of any script and drops accents, signs and the ends', () => {
  const cases: [string, string][] = [
    ['Café Crème, 250 g', 'cafe-creme-250-g'],
    ['  --Blue/Green__mug!  ', 'blue-green-mug'],
    ['चाय पत्ती', 'चाय-पत्ती'],
    ['Жёлтый чай', 'жёлтый-чай'],
    ['100%', '100'],
    ['!!!', 'product'],
  ]
  for (const [name, slug] of cases) assert.equal(slugify(name, 'product'), slug)
})

test('a slug fits into an address, and does not end in a dash', () => {
  assert.equal(slugify('a'.repeat(500), 'x').length, 120)
  assert.equal(slugify(`${'a'.repeat(119)} b`, 'x'), 'a'.repeat(119))
  assert.ok(encodeURIComponent(slugify('चाय '.repeat(100), 'x')).length <= 120)
})

test('a taken slug gets the first free number', () => {
  assert.equal(freeSlug('tea', new Set()), 'tea')
  assert.equal(freeSlug('tea', new Set(['tea'])), 'tea-2')
  assert.equal(freeSlug('tea', new Set(['tea', 'tea-2', 'tea-4'])), 'tea-3')
})
