import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countEdits, editsAllowed, likenessOf } from './edits.ts'

test('an edit is a letter put in, left out or replaced, or two neighbours that change places', () => {
  const cases: [string, string, number][] = [
    ['lamp', 'lamp', 0],
    ['lamp', 'lmap', 1],
    ['lamp', 'lam', 1],
    ['lamp', 'lampp', 1],
    ['lamp', 'lomp', 1],
    ['lamp', 'alpm', 2],
    ['eiderdown', 'eeirdown', 2],
    ['ca', 'abc', 2],
    ['', 'abc', 3],
    ['kettle', 'bottle', 2],
  ]
  for (const [one, other, edits] of cases) {
    assert.equal(countEdits(one, other), edits, `${one} ${other}`)
    assert.equal(countEdits(other, one), edits, `${other} ${one}`)
  }
})

test('a word of four letters may be wrong by one edit, one of six by two, a short one or a number by none', () => {
  assert.deepEqual(
    ['mug', 'lamp', 'table', 'kettle', 'a4b5c6'].map((word) => editsAllowed(word)),
    [0, 1, 1, 2, 0],
  )
  assert.equal(editsAllowed('cuson', 'cushion'), 2)
})

test('SF-255 likeness is what is left of the longer name without the edits', () => {
  assert.equal(likenessOf('green tea', 'green tee'), 1 - 1 / 9)
  assert.equal(likenessOf('abc', 'xyz'), 0)
  assert.equal(likenessOf('', ''), 1)
})
