// The languages side by side: nothing is left empty or in English, and no text loses a value that it is given.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LANGUAGES } from '#platform/language.ts'
import { wordsOf } from './words.ts'

/** Values that stand for themselves; an object gives one for each of its keys. */
const valueAt = (place: number) =>
  new Proxy(
    {},
    { get: (_, key) => (key === Symbol.toPrimitive ? () => `value-${place}` : `value-${place}-${String(key)}`) },
  )
/** What takes one of few words. */
const oneOfFew: Record<string, unknown[]> = { '/account/resetLink/closing': ['day'] }
const VALUES = /value-\d(-\w+)?/g

/** Each text by its path, with what it says of its values. */
function textsOf(node: unknown, path = ''): [string, string][] {
  if (typeof node === 'string') return [[path, node]]
  if (typeof node === 'function') return [[path, String(node(...(oneOfFew[path] ?? [0, 1, 2, 3].map(valueAt))))]]
  return Object.entries(node as object).flatMap(([key, each]) => textsOf(each, `${path}/${key}`))
}
const valuesIn = (text: string) => [...new Set(text.match(VALUES))].sort()

const english = new Map(textsOf(wordsOf('en')))
/** In English a claim speaks for itself. */
const speaksForItself = (path: string) => path.startsWith('/security/claims/')

for (const language of LANGUAGES.filter((each) => each !== 'en')) {
  test(`every text in English has one in ${language} that tells the same values`, () => {
    const texts = new Map(textsOf(wordsOf(language)))
    assert.deepEqual([...texts.keys()].sort(), [...english.keys()].sort())
    for (const [path, text] of texts) {
      assert.ok(text.trim(), path)
      if (!speaksForItself(path)) assert.deepEqual(valuesIn(text), valuesIn(english.get(path)!), path)
    }
  })
}

test('Hindi is written in Devanagari', () => {
  for (const [path, text] of textsOf(wordsOf('hi'))) {
    if (path === '/language') continue
    assert.match(text, /\p{Script=Devanagari}/u, path)
    assert.doesNotMatch(text.replaceAll(VALUES, '').replace('Google', ''), /[a-z]{2,}/i, path)
  }
})
