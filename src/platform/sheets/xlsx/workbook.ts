/** Finds the parts that make up the first sheet. */
import { posix } from 'node:path'
import { notASheet, sheetBroken } from '../refusals.ts'
import type { Zip } from './open-zip.ts'
import { readXml } from './read-xml.ts'

export type Workbook = {
  /** Part names; shared strings and styles are not in every file. */
  sheet: string
  strings: string | undefined
  styles: string | undefined
  /** Whether days count from 1904 on, as once on the Macintosh. */
  isFrom1904: boolean
}

/** Bytes of the parts that say which parts there are. */
const LIST_BYTES = 4 * 2 ** 20

type Relation = { id: string; type: string; part: string }

/** Refuses a zip file that is no workbook (`not_a_sheet`), and one whose first sheet is not in the file. */
export async function findWorkbook(zip: Zip): Promise<Workbook> {
  if (zip.sizeOf('_rels/.rels') === undefined) throw notASheet()
  const book = (await readRelations(zip, '')).find(({ type }) => type === 'officeDocument')?.part
  if (!book?.toLowerCase().endsWith('.xml') || zip.sizeOf(book) === undefined) throw notASheet()
  const relations = await readRelations(zip, book)
  const { ids, isFrom1904 } = await readBook(zip, book)
  const byId = new Map(relations.map((relation) => [relation.id, relation]))
  const sheet = ids.map((id) => byId.get(id)).find((relation) => relation?.type === 'worksheet')
  // A word processor's file has relations as well, but no sheets.
  if (!sheet) throw notASheet()
  const partOf = (wanted: string) => relations.find(({ type }) => type === wanted)?.part
  return { sheet: sheet.part, strings: partOf('sharedStrings'), styles: partOf('styles'), isFrom1904 }
}

/** The ids of the sheets as the tabs stand. */
async function readBook(zip: Zip, book: string): Promise<{ ids: string[]; isFrom1904: boolean }> {
  const ids: string[] = []
  let isFrom1904 = false
  const tags = readXml<{ name: string; attributes: Record<string, string> }>(zip.read(book, LIST_BYTES), (found) => ({
    open: (name, attributes) => found({ name, attributes }),
  }))
  for await (const { name, attributes } of tags) {
    if (name === 'workbookPr') isFrom1904 = /^(?:1|true|on)$/.test(attributes.date1904 ?? '')
    const id = Object.entries(attributes).find(([attribute]) => attribute.endsWith(':id'))?.[1]
    if (name === 'sheet' && id) ids.push(id)
  }
  return { ids, isFrom1904 }
}

/** What a part refers to inside the file; what lies outside of it is never looked at. */
async function readRelations(zip: Zip, part: string): Promise<Relation[]> {
  const folder = posix.dirname(part)
  const relations: Relation[] = []
  const list = zip.read(posix.join(folder, '_rels', `${posix.basename(part)}.rels`), LIST_BYTES)
  const tags = readXml<Record<string, string>>(list, (found) => ({
    open: (name, attributes) => name === 'Relationship' && found(attributes),
  }))
  for await (const { Id: id, Type: type, Target: target, TargetMode: mode } of tags) {
    if (mode === 'External') continue
    if (!id || !type || !target) throw sheetBroken('a relation is not complete')
    relations.push({ id, type: type.slice(type.lastIndexOf('/') + 1), part: partName(folder, target) })
  }
  return relations
}

const partName = (folder: string, target: string) =>
  target.startsWith('/') ? posix.normalize(target).slice(1) : posix.join(folder, target)
