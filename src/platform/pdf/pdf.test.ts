import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { readPdfPages } from '../../../test/pdf-text.ts'
import { type Paper, renderPdf } from './index.ts'

const INDEX = new URL('./index.ts', import.meta.url).href

function paperOf(rowCount: number, over: Partial<Paper> = {}): Paper {
  return {
    title: 'Invoice',
    issuer: { name: 'Souk', lines: ['shop@example.com'] },
    facts: [{ label: 'Order number', value: 'ORD-7KQ2MX4B' }],
    blocks: [
      { heading: 'Billed to', lines: ['Ada Lovelace', 'London'] },
      { heading: 'Shipped to', lines: ['Ada Lovelace', 'London'] },
    ],
    table: {
      columns: [
        { heading: 'Article', share: 3 },
        { heading: 'Amount', share: 1, align: 'right' },
      ],
      rows: Array.from({ length: rowCount }, (_, index) => [
        { text: `Article ${index + 1}`, note: 'Size: L' },
        '₹1,234.00',
      ]),
    },
    totals: [
      { label: 'Subtotal', value: '₹1,234.00' },
      { label: 'Total', value: '₹1,23,456.00', due: true },
    ],
    notes: ['Thank you.'],
    footer: 'Souk · Invoice for order ORD-7KQ2MX4B',
    issuedAt: new Date('2026-11-20T12:00:00Z'),
    ...over,
  }
}

test('a paper says what it was given, the rupee sign too', async () => {
  const bytes = await renderPdf(paperOf(2))
  assert.equal(bytes.subarray(0, 5).toString(), '%PDF-')
  const [page, ...others] = readPdfPages(bytes)
  assert.deepEqual(others, [])
  for (const text of [
    'Invoice',
    'ORD-7KQ2MX4B',
    'BILLED TO',
    'Ada Lovelace',
    'Article 2',
    'Size: L',
    '₹1,23,456.00',
    'Thank you.',
    'Page 1 of 1',
  ]) {
    assert.ok(page?.split('\n').includes(text), `${text} is missing in:\n${page}`)
  }
})

test('SF-327 names in Hindi are written in letters, beside those in English', async () => {
  const name = 'मसाला चाय (Masala) ₹ क्षत्रिय'
  const bytes = await renderPdf(paperOf(1, { blocks: [{ heading: 'Billed to', lines: [name, 'श्री राम'] }] }))
  const [page = ''] = readPdfPages(bytes)
  assert.ok(page.includes('(Masala)'), page)
  assert.match(Buffer.from(bytes).toString('latin1'), /\/BaseFont \/[A-Z]+\+NotoSansDevanagari/)
  const plain = await renderPdf(paperOf(1))
  assert.doesNotMatch(Buffer.from(plain).toString('latin1'), /NotoSansDevanagari/)
})

test('a long table goes on over pages, each with its header and its number; the sum is never alone on a page', async () => {
  for (const rowCount of [12, 13, 14, 15, 16, 17, 80]) {
    const pages = readPdfPages(await renderPdf(paperOf(rowCount)))
    pages.forEach((page, index) => {
      assert.match(page, /^ARTICLE$/m, `header on page ${index + 1} of ${rowCount} rows`)
      assert.match(page, /^Article \d+$/m, `a row on page ${index + 1} of ${rowCount} rows`)
      assert.match(page, new RegExp(`^Page ${index + 1} of ${pages.length}$`, 'm'))
    })
    assert.match(pages.at(-1)!, /^Total$/m)
    const rows = pages.join('\n').match(/^Article \d+$/gm)
    assert.deepEqual(
      rows,
      Array.from({ length: rowCount }, (_, index) => `Article ${index + 1}`),
    )
  }
})

test('what people type does no harm: endless names, no spaces, control characters, letters the font lacks', async () => {
  const rows = ['x'.repeat(3000), 'word '.repeat(2000), 'two\nlines\u0000\u202e', 'चाय 👩‍🚀 茶', ''].map((text) => [
    text,
    text,
  ])
  const table = { ...paperOf(0).table, rows }
  const pages = readPdfPages(await renderPdf(paperOf(0, { table, blocks: [], notes: ['note '.repeat(3000)] })))
  assert.ok(pages.length >= 2 && pages.length <= 6, `${pages.length} pages`)
  assert.match(pages.join('\n'), /^two lines$/m)
})

test('the event loop stays free while a long paper is drawn', async () => {
  await renderPdf(paperOf(1))
  let ticks = 0
  const timer = setInterval(() => {
    ticks += 1
  }, 5)
  const begun = performance.now()
  await renderPdf(paperOf(2000))
  const tookMs = performance.now() - begun
  clearInterval(timer)
  assert.ok(tookMs > 50, `only ${tookMs} ms: too short to tell`)
  assert.ok(ticks > tookMs / 5 / 4, `${ticks} ticks in ${tookMs} ms`)
})

test('many papers at once all arrive, each its own', async () => {
  const titles = Array.from({ length: 12 }, (_, index) => `Paper ${index}`)
  const papers = await Promise.all(titles.map((title) => renderPdf(paperOf(3, { title }))))
  assert.deepEqual(
    papers.map((bytes) => /^Paper \d+$/m.exec(readPdfPages(bytes)[0]!)?.[0]),
    titles,
  )
})

test('a paper that takes too long or cannot be drawn is refused, and the next one is drawn', async () => {
  const [slow, next] = await Promise.allSettled([renderPdf(paperOf(3000), 20), renderPdf(paperOf(1))])
  assert.match(String(slow.status === 'rejected' && slow.reason), /not drawn within 20 ms/)
  assert.equal(next.status, 'fulfilled')
  const broken = paperOf(1, { facts: null as never })
  await assert.rejects(renderPdf(broken), /could not be drawn: TypeError/)
  assert.equal(readPdfPages(await renderPdf(paperOf(1))).length, 1)
})

test('the thread does not keep a process alive, but a paper under way does', () => {
  const script = `
    const { renderPdf } = await import('${INDEX}')
    const paper = { ...${JSON.stringify(paperOf(1))}, issuedAt: new Date() }
    renderPdf(paper).then((bytes) => console.log(bytes.length))`
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    timeout: 20_000,
  })
  assert.equal(status, 0, stderr)
  assert.ok(Number(stdout) > 5000, stdout)
})
