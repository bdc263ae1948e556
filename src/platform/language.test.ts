import assert from 'node:assert/strict'
import { test } from 'node:test'
import { languageOf, preferredLanguage } from './language.ts'
import { formatMoney } from './money.ts'

test('MP-283 of the languages that somebody asks for the best one counts that people are written to in', () => {
  const cases: [string | undefined, string | undefined][] = [
    ['hi-IN,hi;q=0.9,en-US;q=0.8', 'hi'],
    ['en;q=0.3, hi;q=0.7', 'hi'],
    ['fr, en-GB;q=0.5', 'en'],
    ['hi;q=0, en;q=0.1', 'en'],
    ['fr-CA', undefined],
    ['*', undefined],
    ['', undefined],
    [';;,,=', undefined],
    [undefined, undefined],
  ]
  for (const [header, language] of cases) assert.equal(preferredLanguage(header), language, header)
})

test('MP-283 a tag names its language, whatever region and case', () => {
  assert.deepEqual(['hi', 'HI_in', 'en-Latn-GB', 'fr', '', 'hin'].map(languageOf), [
    'hi',
    'hi',
    'en',
    undefined,
    undefined,
    undefined,
  ])
})

test('money is written as the reader writes it', () => {
  assert.equal(formatMoney(12345600, 'INR', 'hi'), '₹1,23,456.00')
  assert.equal(formatMoney(1250, 'USD', 'hi'), '$12.50')
  assert.equal(formatMoney(1250, 'USD'), '$12.50')
})
