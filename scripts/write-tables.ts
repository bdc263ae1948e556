/** Writes every `tables.ts` anew: `npm run tables`, after a migration was added. */
import { writeFileSync } from 'node:fs'
import { migrate } from '#platform/database'
import { startEmbeddedPostgres } from '#platform/embedded-postgres'
import { generateTables } from './generate-tables.ts'

const server = await startEmbeddedPostgres({ throwAway: true }, () => {})
try {
  await migrate(server.url)
  for (const [file, text] of await generateTables(server.url)) writeFileSync(file, text)
} finally {
  await server.stop()
}
