/** Writes openapi.json and access.txt anew: `npm run golden`, after a route was added or changed. */
import { writeFileSync } from 'node:fs'
import { makeGoldenFiles } from './golden-files.ts'

for (const [name, content] of Object.entries(await makeGoldenFiles())) {
  writeFileSync(new URL(`../${name}`, import.meta.url), content)
  console.log(`${name} written`)
}
