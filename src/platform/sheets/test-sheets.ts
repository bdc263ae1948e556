// For the tests: sheets made by hand, and what comes of reading them.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { after } from 'node:test'
import { ZipFile } from 'yazl'
import { Refusal } from '#platform/refusal.ts'
import { readSheet, type SheetRow } from './index.ts'
import type { ReadOptions } from './read-sheet.ts'

/** The temporary directory of this test file alone, so that what is left behind is seen. */
export function ownTemporaryDirectory(): { path: string; left(): string[] } {
  const before = process.env.TMPDIR
  const path = mkdtempSync(join(tmpdir(), 'souk-sheets-test-'))
  process.env.TMPDIR = path
  after(() => {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
    rmSync(path, { recursive: true, force: true })
  })
  return { path, left: () => readdirSync(path) }
}

export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = []
  for await (const item of items) list.push(item)
  return list
}

export const asStream = (contents: string | Uint8Array, chunkBytes = 2 ** 16): Readable => {
  const bytes = Buffer.from(contents)
  const count = Math.ceil(bytes.length / chunkBytes)
  return Readable.from(
    Array.from({ length: count }, (_, index) => bytes.subarray(index * chunkBytes, (index + 1) * chunkBytes)),
  )
}

export const rowsOf = (contents: string | Uint8Array, options: ReadOptions = {}): Promise<SheetRow[]> =>
  collect(readSheet(asStream(contents), options))

export const cellsOf = async (contents: string | Uint8Array, options: ReadOptions = {}): Promise<string[][]> =>
  (await rowsOf(contents, options)).map(({ cells }) => cells)

/** The code and the place of the refusal that must come. */
export async function refusedFor(contents: string | Uint8Array, options: ReadOptions = {}) {
  const refusal = await rowsOf(contents, options).then(
    (rows) => new Error(`not refused: ${JSON.stringify(rows).slice(0, 200)}`),
    (error: unknown) => error,
  )
  if (!(refusal instanceof Refusal)) throw refusal
  const { row, column } = refusal.details
  return { code: refusal.code, ...(row !== undefined && { row }), ...(column !== undefined && { column }) }
}

export const codeOf = async (contents: string | Uint8Array, options: ReadOptions = {}): Promise<string> =>
  (await refusedFor(contents, options)).code

export type Contents = string | Buffer | Readable

const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** Relations of a part: id, kind and target, with anything else that shall stand there. */
export const relationsXml = (...list: [id: string, kind: string, target: string, more?: string][]) =>
  `<Relationships>${list
    .map(
      ([id, kind, target, more = '']) =>
        `<Relationship Id="${id}" Type="${relations}/${kind}" Target="${target}" ${more}/>`,
    )
    .join('')}</Relationships>`

/** The parts of a workbook whose first sheet has these rows, and these shared strings; `over` replaces or adds parts. */
export function xlsxParts(
  rowsXml: string,
  { strings = [], over = {} }: { strings?: string[]; over?: Record<string, Contents> } = {},
): Record<string, Contents> {
  return {
    '_rels/.rels': relationsXml(['r1', 'officeDocument', 'xl/workbook.xml']),
    'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': relationsXml(
      ['r1', 'worksheet', 'worksheets/sheet1.xml'],
      ['r2', 'sharedStrings', 'sharedStrings.xml'],
      ['r3', 'styles', '/xl/styles.xml'],
    ),
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${rowsXml}</sheetData></worksheet>`,
    'xl/sharedStrings.xml': `<sst>${strings.map((text) => `<si>${text}</si>`).join('')}</sst>`,
    'xl/styles.xml': '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
    ...over,
  }
}

export function zipOf(parts: Record<string, Contents>): Readable {
  const zip = new ZipFile()
  for (const [name, contents] of Object.entries(parts)) {
    if (contents instanceof Readable) zip.addReadStream(contents, name)
    else zip.addBuffer(Buffer.from(contents), name)
  }
  zip.end()
  return zip.outputStream as Readable
}

export const xlsxOf = (...workbook: Parameters<typeof xlsxParts>): Promise<Buffer> =>
  buffer(zipOf(xlsxParts(...workbook)))

/** Numbers that look random and are the same in every run: from 0 to below `below`. */
export function dice(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
