import assert from 'node:assert/strict'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { readSheet } from './index.ts'
import { asStream, cellsOf, codeOf, collect, ownTemporaryDirectory, refusedFor, rowsOf } from './test-sheets.ts'

const temporary = ownTemporaryDirectory()

test('a CSV is read with LF, CRLF or CR, mixed too, with a last line end or without', async () => {
  const expected = [
    ['a', 'b'],
    ['1', '2'],
    ['3', '4'],
  ]
  for (const text of ['a,b\n1,2\n3,4\n', 'a,b\r\n1,2\r\n3,4', 'a,b\r1,2\r3,4\r', 'a,b\n1,2\r\n3,4\r']) {
    assert.deepEqual(await cellsOf(text), expected, JSON.stringify(text))
  }
})

test('a CSV is read with a byte order mark and without, and in chunks of any size', async () => {
  const text = '\ufeffname,"te""xt"\r\nTee,"eins, ""zwei""\r\nund 🙂"\r\n\r\n"",x\r\n'
  const expected = [
    { row: 1, cells: ['name', 'te"xt'] },
    { row: 2, cells: ['Tee', 'eins, "zwei"\r\nund 🙂'] },
    { row: 4, cells: ['', 'x'] },
  ]
  assert.deepEqual(await rowsOf(text), expected)
  assert.deepEqual(await rowsOf(text.slice(1)), expected)
})

test('chunks may end anywhere: in a character, a quote, a line end', async () => {
  const { splitRecords } = await import('./csv/split-records.ts')
  const bytes = Buffer.from('a,"é""🙂"\r\n"","x\r\ny"\r\r\n🙂,\n')
  const split = (size: number) => {
    const found: unknown[] = []
    const records = splitRecords(0x2c, { maxColumns: 9, maxCellLength: 99 }, (row) => found.push(row))
    for (let at = 0; at < bytes.length; at += size) records.write(bytes.subarray(at, at + size))
    records.end()
    return found
  }
  const whole = split(bytes.length)
  assert.deepEqual(whole, [
    { row: 1, cells: ['a', 'é"🙂'] },
    { row: 2, cells: ['', 'x\r\ny'] },
    { row: 3, cells: [''] },
    { row: 4, cells: ['🙂', ''] },
  ])
  for (const size of [1, 2, 3, 5, 7]) assert.deepEqual(split(size), whole, `chunks of ${size}`)
})

test('semicolons and tabs are told from the header, if it has nothing else; else it is commas', async () => {
  assert.deepEqual(await cellsOf('a;b\n1,5;2'), [
    ['a', 'b'],
    ['1,5', '2'],
  ])
  assert.deepEqual(await cellsOf('\n\na\tb\n1;5\t2'), [
    ['a', 'b'],
    ['1;5', '2'],
  ])
  assert.deepEqual(await cellsOf('"a,1";b\n1;2'), [
    ['a,1', 'b'],
    ['1', '2'],
  ])
  assert.deepEqual(await cellsOf('a;b,c\n1'), [['a;b', 'c'], ['1']])
  assert.deepEqual(await cellsOf('a;b\tc\n1'), [['a;b\tc'], ['1']])
  assert.deepEqual(await cellsOf('a\n1;2,3'), [['a'], ['1;2', '3']])
})

test('SF-236 blank lines are skipped, but count', async () => {
  assert.deepEqual(await rowsOf('\n  \na,b\n,\n\n1,2\n\n'), [
    { row: 3, cells: ['a', 'b'] },
    { row: 6, cells: ['1', '2'] },
  ])
})

test('a broken quote is refused with its row', async () => {
  assert.deepEqual(await refusedFor('a,b\n1,"2'), { code: 'sheet_quote_broken', row: 2 })
  assert.deepEqual(await refusedFor('a,b\n\n1,"2"3\n'), { code: 'sheet_quote_broken', row: 3 })
  assert.deepEqual(await refusedFor('a,b\n1,5" pipe\n'), { code: 'sheet_quote_broken', row: 2 })
  assert.deepEqual(await refusedFor('a,b\n1, "2"\n'), { code: 'sheet_quote_broken', row: 2 })
  assert.deepEqual(await refusedFor(`a,b\n1,"2\n${'3,4\n'.repeat(50_000)}`), {
    code: 'sheet_cell_too_long',
    row: 2,
    column: 2,
  })
})

test('text of another encoding is refused with its place', async () => {
  assert.deepEqual(await refusedFor(Buffer.from('a,b\n1,T\u00fcr\n', 'latin1')), {
    code: 'sheet_not_utf8',
    row: 2,
    column: 2,
  })
  assert.equal(await codeOf(Buffer.from('\ufeffa\tb\n', 'utf16le')), 'sheet_not_utf8')
  const cut = Buffer.from('a\n🙂').subarray(0, -1)
  assert.deepEqual(await refusedFor(cut), { code: 'sheet_not_utf8', row: 2, column: 1 })
})

test('SF-233 what is neither CSV nor .xlsx, and an empty file, are refused', async () => {
  const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(40)])
  const noise = Buffer.from(Array.from({ length: 4000 }, (_, index) => 1 + ((index * 89) % 255)))
  const others = [png, noise, '%PDF-1.7\n', '<html><body>', '<?xml version="1.0"?>', '{"a": 1}', '[[1, 2]]', 'a\0b']
  for (const other of [
    ...others,
    Buffer.from('d0cf11e0a1b11ae10000', 'hex'),
    Buffer.from('PK\x05\x06'.padEnd(22, '\0')),
  ]) {
    assert.equal(await codeOf(other), 'not_a_sheet', Buffer.from(other).toString('latin1').slice(0, 10))
  }
  for (const empty of ['', '\ufeff', '\n\n', ' , \n']) assert.equal(await codeOf(empty), 'sheet_empty')
})

test('what exceeds the limits is refused with its place', async () => {
  const limits = { maxRows: 3, maxColumns: 2, maxCellLength: 5, maxBytes: 100 }
  assert.equal((await rowsOf('a,b\n1,2\n\n12345,🙂🙂\n', limits)).length, 3)
  assert.deepEqual(await refusedFor('a\n1\n2\n3\n', limits), { code: 'sheet_too_many_rows' })
  assert.deepEqual(await refusedFor('a\n1,2,,,\n1,2,,,3\n', limits), { code: 'sheet_too_many_columns', row: 3 })
  assert.deepEqual(await refusedFor('a\n1,123456\n', limits), { code: 'sheet_cell_too_long', row: 2, column: 2 })
  assert.deepEqual(await refusedFor(`a\n${'1'.repeat(120)}\n`, limits), { code: 'body_too_large' })
  assert.deepEqual(await refusedFor(`a,b\n1,${'x'.repeat(70_000)}\0`, { maxCellLength: 99_999 }), {
    code: 'sheet_bad_character',
    row: 2,
    column: 2,
  })
})

test('a file that lies here is read as well, again and again, and is left where it is', async () => {
  const path = join(temporary.path, 'here.csv')
  writeFileSync(path, 'a,b\n1,2\n')
  for (let pass = 1; pass <= 2; pass++) assert.equal((await collect(readSheet(path))).length, 2)
  const refusal = await collect(readSheet(path, { maxBytes: 7 })).catch((error) => error)
  assert.equal(refusal.code, 'body_too_large')
  rmSync(path)
  await assert.rejects(collect(readSheet(path)), { code: 'ENOENT' })
})

test('a row of nothing but commas takes no memory for its cells', async () => {
  const before = process.memoryUsage().rss
  assert.equal(await codeOf(Buffer.alloc(30_000_000, ',')), 'sheet_empty')
  assert.ok(process.memoryUsage().rss - before < 120e6)
})

test('how far the reading has come is told; giving it up leaves no file', async () => {
  const shares: number[] = []
  const text = `a\n${'1\n'.repeat(100_000)}`
  await collect(readSheet(asStream(text), { onRead: (share) => shares.push(share) }))
  assert.ok(shares.length > 2 && shares.every((share, index) => share > (shares[index - 1] ?? 0)))
  assert.equal(shares.at(-1), 1)
  for await (const { row } of readSheet(asStream(text))) if (row === 2) break
  assert.deepEqual(temporary.left(), [])
})
