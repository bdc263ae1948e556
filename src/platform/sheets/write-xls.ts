import { Worker } from 'node:worker_threads'
import { sheetFull } from './refusals.ts'
import { type Cell, cellText } from './write-csv.ts'

type Rows = Iterable<readonly Cell[]> | AsyncIterable<readonly Cell[]>

/** What Excel 97 can show. */
const ROW_MAX = 65_536
const TIMEOUT_MS = 60_000

/**
 * A file of Excel 97 to 2003, of one sheet (SF-485). Guarded like writeCsv. The format has to be built as a whole: that is done in a
 * thread of its own. Refuses more rows than the format holds (`sheet_full`).
 */
export async function writeXls(rows: Rows): Promise<Buffer> {
  const cells: (string | number)[][] = []
  for await (const row of rows) {
    if (cells.length === ROW_MAX) throw sheetFull(ROW_MAX - 1)
    cells.push(row.map((cell) => (typeof cell === 'number' ? cell : cellText(cell))))
  }
  return build(cells)
}

function build(cells: (string | number)[][]): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  const worker = new Worker(new URL('./xls-thread.ts', import.meta.url), {
    name: 'xls',
    execArgv: [],
    workerData: cells,
  })
  const timer = setTimeout(() => reject(new Error(`a sheet was not written within ${TIMEOUT_MS} ms`)), TIMEOUT_MS)
  worker
    .once('message', (bytes: Uint8Array) => resolve(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)))
    .once('error', reject)
    .once('exit', (code) => reject(new Error(`the thread that writes sheets ended with code ${code}`)))
  return promise.finally(() => {
    clearTimeout(timer)
    return worker.terminate()
  })
}
