import { compose } from '../composition.ts'
import type { Config } from '../config.ts'
import { isEmptyShop, loadSampleShop } from '../sample-shop/index.ts'

/** Loads the sample shop. Refuses a database that has products or orders. */
export async function seed(config: Config): Promise<void> {
  const { app, close } = await compose(config, { worker: false })
  try {
    if (!(await isEmptyShop(app.db)))
      throw new Error('The shop is not empty: the sample shop is loaded into an empty one only.')
    await loadSampleShop(app)
    console.log('The sample shop is loaded.')
  } finally {
    await close()
  }
}
