import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressKey } from './address-key.ts'

const same = (...urls: string[]) => assert.equal(new Set(urls.map(addressKey)).size, 1, urls.join(' '))
const different = (...urls: string[]) => assert.equal(new Set(urls.map(addressKey)).size, urls.length, urls.join(' '))

test('V1-013 the slash at the end is not part of the key', () => {
  same('/api/v1/products/', '/api/v1/products', '/api/v1/products/?', '/api/v1/products?')
  same('/p/?a=1', '/p?a=1')
  different('/', '/p', '/p//', '/p/q')
})

test('NX-141 parameters are sorted by name; of one name their order stays', () => {
  same('/p/?a=1&b=2&c=3', '/p/?c=3&a=1&b=2', '/p/?c=3&&a=1&b=2&')
  different('/p/?a=1&a=2', '/p/?a=2&a=1', '/p/?a=1', '/p/?a=12')
  different('/p/?a=1&b=2', '/p/?a=2&b=1', '/p/?a', '/p/?a=', '/p/?A=1&b=2')
})

test('an unknown parameter is part of the key: the links of a page carry it on', () => {
  different('/p/', '/p/?utm_source=mail', '/p/?utm_source=post')
})
