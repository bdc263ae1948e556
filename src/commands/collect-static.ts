import { copyFile, mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { listStaticFiles } from '../api/system/doc-pages.ts'
import type { Config } from '../config.ts'

/**
 * Copies the files that never change while a version runs, the scripts and styles of the documentation pages, into a folder, by the paths
 * under which Souk serves them: for a web server or a CDN in front of it (NX-158, NX-160). Pictures are elsewhere: FILES_URL.
 */
export async function collectStatic(_config: Config, args: string[]): Promise<void> {
  const { positionals } = parseArgs({ args, allowPositionals: true })
  const [folder] = positionals
  if (!folder || positionals.length > 1) throw new Error('Say where to: collect-static FOLDER')
  const files = listStaticFiles()
  for (const { path, file } of files) {
    const copy = join(folder, path)
    await mkdir(dirname(copy), { recursive: true })
    await copyFile(file, copy)
  }
  console.log(`${files.length} files are in ${folder}.`)
}
