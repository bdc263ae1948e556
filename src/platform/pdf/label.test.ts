import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readPdfPages } from '../../../test/pdf-text.ts'
import { barsOf } from './draw-label.ts'
import { type Label, renderLabel } from './index.ts'

const labelOf = (over: Partial<Label> = {}): Label => ({
  from: ['Souk', 'shop@example.com'],
  to: ['Asha Rao', '12 MG Road', '560001 Bengaluru, Karnataka', 'India'],
  carrier: 'Souk Post',
  service: 'Standard delivery',
  facts: [
    { label: 'Order', value: 'ORD-7KQ2MX4B' },
    { label: 'Units', value: '3' },
  ],
  code: 'SP23456789ABCD',
  issuedAt: new Date('2026-11-20T12:00:00Z'),
  ...over,
})

test('a label is one A6 page that says where the parcel goes, and its number', async () => {
  const bytes = await renderLabel(labelOf())
  assert.match(bytes.toString('latin1'), /\/MediaBox \[0 0 297\.64 419\.53\]/)
  const [page, ...others] = readPdfPages(bytes)
  assert.deepEqual(others, [])
  for (const text of ['Souk Post', 'Asha Rao', '560001 Bengaluru, Karnataka', 'ORD-7KQ2MX4B', 'SP23456789ABCD'])
    assert.ok(page?.split('\n').includes(text), `${text} is missing in:\n${page}`)
})

test('a label of long and odd texts is one page, too', async () => {
  const long = 'An address that goes on and on, with a floor, a door and a landmark. '.repeat(5)
  for (const over of [
    { to: Array.from({ length: 12 }, () => long) },
    { to: ['\u0000\u0007Rao', 'बेंगलुरु', '🏠'] },
    { to: [], from: [], facts: [] },
    { code: '9'.repeat(100) },
    { code: '^FNC1 &%"<>~' },
    { carrier: long, service: long },
  ])
    assert.equal(readPdfPages(await renderLabel(labelOf(over))).length, 1, JSON.stringify(over).slice(0, 60))
})

test('the bar code is Code 128: a start, eleven modules a sign, a check sign, and the stop', () => {
  for (const code of ['SP23456789ABCD', '1Z999AA10123456784', 'x']) {
    const widths = barsOf(code)
    const modules = widths.reduce((sum, width) => sum + width, 0)
    assert.equal(modules % 11, 2, 'the stop has two modules more')
    assert.match(widths.slice(0, 6).join(''), /^2(?:11412|11214|11232)$/)
    assert.equal(widths.slice(-7).join(''), '2331112')
    assert.ok(widths.every((width) => width >= 1 && width <= 4))
  }
  assert.notDeepEqual(barsOf('AB'), barsOf('BA'))
})
