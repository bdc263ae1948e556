/** A folder in place of the outside world: what would leave is kept there as files that people can read. */
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Keeps a file named for the number and the recipient of what it holds. Returns its path. */
export async function keepInOutbox(
  folder: string,
  { id, to, ending }: { id: number; to: string; ending: string },
  content: Buffer | string,
): Promise<string> {
  await mkdir(folder, { recursive: true })
  const file = join(folder, `${String(id).padStart(6, '0')}-${fileSafe(to)}${ending}`)
  // Under another name first: who watches the folder never sees half of it.
  await writeFile(`${file}.part`, content)
  await rename(`${file}.part`, file)
  return file
}

const fileSafe = (text: string) => text.replaceAll(/[^a-z0-9+@._-]/gi, '_').slice(0, 80)
