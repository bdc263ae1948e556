import type { FileHandle } from 'node:fs/promises'
import type { SheetLimits } from '../limits.ts'
import { readBytes } from '../read-bytes.ts'
import type { SheetRow } from '../read-sheet.ts'
import type { CsvForm } from './sniff-sheet.ts'
import { splitRecords } from './split-records.ts'

/** The records of a CSV file, blank ones among them; a record's place in the file is its row. */
export async function* readCsv(
  file: FileHandle,
  size: number,
  { delimiter, start }: CsvForm,
  limits: SheetLimits,
  onRead: (share: number) => void,
): AsyncGenerator<SheetRow> {
  const found: SheetRow[] = []
  const records = splitRecords(delimiter, limits, (row) => found.push(row))
  let bytes = start
  for await (const chunk of readBytes(file, start, size)) {
    records.write(chunk)
    yield* found.splice(0)
    bytes += chunk.length
    onRead(bytes / size)
  }
  records.end()
  yield* found
}
