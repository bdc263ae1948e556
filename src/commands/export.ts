import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { countExported, exportProducts } from '#commerce/assortment'
import { writeCsv, writeXlsx } from '#platform/sheets'
import type { Config } from '../config.ts'
import { openProgressBar } from './progress-bar.ts'
import { withShop } from './with-shop.ts'

/** Writes all products of the house to a file that can be brought in again: Excel where its name ends in .xlsx, CSV where in .csv. */
export async function exportFile(config: Config, args: string[]): Promise<void> {
  const { positionals } = parseArgs({ args, allowPositionals: true })
  const [path] = positionals
  if (path === undefined || positionals.length > 1) throw new Error('Say to which file: export products.csv')
  if (!/\.(csv|xlsx)$/i.test(path)) throw new Error(`${path} ends neither in .csv nor in .xlsx.`)
  const written = await withShop(
    config,
    async (app) => {
      const total = await countExported(app.db)
      const bar = openProgressBar('exporting')
      let count = 0
      const rows = exportProducts(app.db, (products) => {
        count = products
        bar.show(products / Math.max(1, total), `${products} of ${total} products`)
      })
      const sheet = path.toLowerCase().endsWith('.xlsx') ? writeXlsx(rows) : writeCsv(rows, { bom: true })
      // What stands there already is replaced by the whole file only.
      const draft = `${path}.part`
      try {
        await pipeline(sheet, createWriteStream(draft))
        await rename(draft, path)
      } finally {
        bar.close()
        await rm(draft, { force: true })
      }
      return count
    },
    { leavesDatabase: true },
  )
  console.log(`${written} products were written to ${path}.`)
}
