/** Damaged files, thousands of them: each gives rows or a Refusal, soon, and nothing else happens. */
import assert from 'node:assert/strict'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import { Refusal } from '#platform/refusal.ts'
import { writeCsv, writeXlsx } from './index.ts'
import { dice, ownTemporaryDirectory, rowsOf, xlsxOf, xlsxParts, zipOf } from './test-sheets.ts'

const FILES = Number(process.env.SOUK_FUZZ_FILES ?? 3000)
const LONGEST_MS = 5000
const limits = { maxRows: 1000, maxColumns: 50, maxCellLength: 2000, maxUnpackedBytes: 2 ** 20 }
const temporary = ownTemporaryDirectory()
const unhandled: unknown[] = []
process.on('unhandledRejection', (reason) => unhandled.push(reason))

const rows = Array.from({ length: 30 }, (_, index) => [`Tea ${index}`, 'a "b", c\n🙂', index, '=1+1', ''])
const sheetXml = rows
  .map(
    (_, index) =>
      `<row r="${index + 1}"><c r="A${index + 1}" t="s"><v>${index % 5}</v></c><c s="1"><v>${index}</v></c></row>`,
  )
  .join('')
const strings = [
  '<t>one</t>',
  '<r><t>t</t></r><r><t>wo</t></r>',
  '<t>3 &amp; 4</t>',
  '<t xml:space="preserve"> </t>',
  '<t/>',
]

/** Bytes that mean something to one of the formats. */
const spices = [
  '"',
  ',',
  ';',
  '\r',
  '\n',
  '\0',
  '\xff',
  'PK\x03\x04',
  'PK\x01\x02',
  'PK\x05\x06',
  '<',
  '>',
  '/',
  '&',
  '&#',
  '<!--',
  '<![CDATA[',
  '<!DOCTYPE',
]

function mutate(bytes: Buffer, throws: (below: number) => number): Buffer {
  let changed = Buffer.from(bytes)
  for (let count = 1 + throws(4); count > 0; count--) {
    const at = throws(changed.length + 1)
    const length = throws(40)
    const ways = [
      () => changed.subarray(0, at),
      () => changed.subarray(at),
      () => Buffer.concat([changed.subarray(0, at), changed.subarray(at + length)]),
      () => Buffer.concat([changed.subarray(0, at), changed.subarray(Math.max(0, at - length))]),
      () =>
        Buffer.concat([
          changed.subarray(0, at),
          Buffer.from(spices[throws(spices.length)]!, 'latin1'),
          changed.subarray(at),
        ]),
      () => Buffer.from(changed.map((byte, index) => (index === at ? byte ^ (1 << throws(8)) : byte))),
      () => Buffer.from(changed.map((byte, index) => (index >= at && index < at + 4 ? throws(256) : byte))),
      () => Buffer.from(changed.map((byte, index) => (index >= at && index < at + 8 ? 0xff : byte))),
    ]
    changed = ways[throws(ways.length)]!()
  }
  return changed
}

/** Damage inside of a part, packed anew: it comes past the checksums. */
async function mutateParts(throws: (below: number) => number): Promise<Buffer> {
  const parts = xlsxParts(sheetXml, { strings })
  const names = Object.keys(parts)
  const name = names[throws(names.length)]!
  return buffer(zipOf({ ...parts, [name]: mutate(Buffer.from(parts[name] as string), throws) }))
}

test(`${FILES} damaged files give rows or a refusal`, { timeout: 60_000 + FILES * 20 }, async (context) => {
  const throws = dice(20)
  const csv = await buffer(writeCsv(rows, { bom: true }))
  const files = [await buffer(writeXlsx(rows)), await xlsxOf(sheetXml, { strings })]
  const outcomes: Record<string, number> = {}
  for (let number = 0; number < FILES; number++) {
    const makers = [() => mutate(csv, throws), () => mutate(files[throws(2)]!, throws), () => mutateParts(throws)]
    const file = await makers[number % 3]!()
    const begun = Date.now()
    const outcome = await rowsOf(file, limits).then(
      () => 'rows',
      (error) =>
        error instanceof Refusal ? error.code : Promise.reject(new Error(`file ${number}`, { cause: error })),
    )
    assert.ok(Date.now() - begun < LONGEST_MS, `file ${number} took ${Date.now() - begun} ms`)
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
  }
  await new Promise((resolve) => setTimeout(resolve, 50))
  context.diagnostic(JSON.stringify(outcomes))
  assert.deepEqual(unhandled, [])
  assert.deepEqual(temporary.left(), [])
  assert.ok(outcomes.rows! > FILES / 20 && outcomes.sheet_broken! > FILES / 20, JSON.stringify(outcomes))
})
