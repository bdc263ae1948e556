import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gramsOfLabel } from './order-sheet.ts'

test('SF-487 weights are read from labels such as 100gms, 200g and 1.5kg; others count nothing', () => {
  const grams = ['100gms', '200g', '1.5kg', '2 KG', '250 grams', 'Large', '', '5 pieces', '1.5', 'g'].map(gramsOfLabel)
  assert.deepEqual(grams, [100, 200, 1500, 2000, 250, 0, 0, 0, 0, 0])
})
