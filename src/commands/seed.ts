import { parseArgs } from 'node:util'
import type { Config } from '../config.ts'
import { loadSampleShop } from '../sample-shop/index.ts'
import { explainRefusal } from './explain-refusal.ts'
import { withShop } from './with-shop.ts'

/** Loads the sample shop. Refuses a database that has products or orders. */
export async function seed(config: Config, args: string[]): Promise<void> {
  parseArgs({ args })
  const loaded = await withShop(config, (app) =>
    loadSampleShop(app).catch((error) => {
      throw explainRefusal('The sample shop is loaded into an empty database only', error)
    }),
  )
  const counts = Object.entries(loaded).map(([what, count]) => `${count} ${what}`)
  console.log(`The sample shop is loaded: ${counts.join(', ')}.`)
}
