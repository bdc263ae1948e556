/** The thread that builds a file of Excel 97: cells come in, its bytes go out. Only the writer of the library is used. */
import { parentPort, workerData } from 'node:worker_threads'
import { utils, write } from 'xlsx'

const book = utils.book_new()
utils.book_append_sheet(book, utils.aoa_to_sheet(workerData as (string | number)[][]), 'Sheet1')
parentPort?.postMessage(write(book, { type: 'buffer', bookType: 'biff8' }) as Uint8Array)
