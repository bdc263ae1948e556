/** Row types from the database as the migrations make it: a `tables.ts` for each module that owns a schema. */
import { execFile } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const path = (file: string) => fileURLToPath(new URL(`../${file}`, import.meta.url))

/** The text of every generated file, by its path, for a migrated database. */
export async function generateTables(databaseUrl: string): Promise<Map<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'souk-tables-'))
  try {
    const modules = globSync('src/commerce/*/index.ts', { cwd: path('.') }).map((face) => face.split('/')[2]!)
    const generated = await Promise.all(modules.map((module) => generate(databaseUrl, module, folder)))
    return new Map(generated.filter((file) => file !== undefined))
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function generate(url: string, module: string, folder: string): Promise<[string, string] | undefined> {
  const file = join(folder, `${module}.ts`)
  const codegen = path('node_modules/kysely-codegen/dist/cli/bin.js')
  const mapping = JSON.stringify({ int8: 'number', date: 'string', jsonb: 'unknown', numeric: 'string' })
  const options = ['--dialect', 'postgres', '--camel-case', '--log-level', 'error', '--type-mapping', mapping]
  const target = ['--include-pattern', `${module}.*`, '--out-file', file]
  await run(process.execPath, [codegen, '--url', url, ...options, ...target])
  const text = existsSync(file) ? await readFile(file, 'utf8') : ''
  if (!/export interface DB \{\s*\S+:/.test(text)) return undefined
  return [`src/commerce/${module}/tables.ts`, await format(asRows(text))]
}

const HEADER = `/** The rows of this module's tables as they are read. Written from the database by \`npm run tables\`; not by hand. */`

/** Plain rows: what a column is when it is read, without what a query builder wants to know of writing it. */
function asRows(text: string): string {
  return `${HEADER}\n\n${text
    .replace(/^\/\*\*[\s\S]*?\*\//, '')
    .replace(/^import .*$/gm, '')
    .replace(/^export type (?:Generated|Timestamp|ArrayType|ArrayTypeImpl)\b[\s\S]*?;\n(?=\n|export)/gm, '')
    .replace(/^export interface DB [\s\S]*?^\}/gm, '')
    .replaceAll(/\bArrayType<([^<>]+)>/g, '$1[]')
    .replaceAll(/\bGenerated<([^<>]+)>/g, '$1')
    .replaceAll(/\bTimestamp\b/g, 'Date')
    .trim()}\n`
}

/** In the manner of the house, so that the files read like the rest. */
async function format(text: string): Promise<string> {
  const biome = path('node_modules/@biomejs/biome/bin/biome')
  const child = run(process.execPath, [biome, 'check', '--write', '--stdin-file-path=tables.ts'], { cwd: path('.') })
  child.child.stdin?.end(text)
  return (await child).stdout
}
