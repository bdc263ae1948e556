// A server for tests and for DATABASE_URL=embedded://memory: fast, undurable, gone when it is stopped.

import { chmodSync, lstatSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Account, canReach, chooseAccount } from './account.ts'
import { locateBinaries } from './binaries.ts'
import { enterServer, makeTag, writeUrl } from './connection.ts'
import { createCluster } from './create-cluster.ts'
import { explainFailure } from './failure-text.ts'
import { endServerNow, isProcess, stopLeftServer } from './postmaster.ts'
import { type Cluster, runPostmaster, stopPostmaster } from './run-postmaster.ts'

const ROOM_BYTES = 1_000_000_000 // a container's /dev/shm often has 64 MB: too small for a database
const NAME = 'souk-throw-away-'

/**
 * Starts an empty server in a temporary folder, in memory where there is room. A process that dies without stopping it
 * cannot clean up: its folder and server carry its process number and are removed at the next such start.
 */
export async function startThrowAwayServer(
  log: (message: string) => void,
): Promise<{ url: string; stop(): Promise<void> }> {
  await removeOrphans()
  const account = chooseAccount()
  const home = makeFolder(listBases(), account)
  const folders = [home]
  const remove = () => folders.forEach((folder) => void rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  let cluster: Cluster | undefined
  try {
    const binaries = locateBinaries(account, () => {
      folders.push(makeFolder([tmpdir()], account)) // programs may not be run from /dev/shm everywhere
      return folders.at(-1) as string
    })
    await createCluster(home, binaries, account, 'undurable')
    cluster = { home, directory: join(home, 'cluster'), binaries, account }
    const { pid, port } = await runPostmaster(cluster)
    const tag = makeTag()
    await (await enterServer(home, port, tag)).end()
    log(`A throw-away PostgreSQL runs in ${home} (port ${port}, process ${pid}).`)
    return { url: writeUrl(home, port, tag), stop: stopOnce(cluster, remove, log) }
  } catch (error) {
    if (cluster) await stopPostmaster(cluster, 'immediate').catch(() => undefined)
    remove()
    throw error
  }
}

function listBases(): string[] {
  return [...(hasRoom('/dev/shm') ? ['/dev/shm'] : []), tmpdir(), '/tmp', '/var/tmp']
}

function hasRoom(directory: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(directory)
    return bavail * bsize >= ROOM_BYTES
  } catch {
    return false
  }
}

function makeFolder(bases: string[], account: Account | undefined): string {
  let failure: unknown
  for (const base of bases) {
    try {
      const folder = mkdtempSync(join(base, `${NAME}${process.pid}-`))
      if (account) chmodSync(folder, 0o711)
      if (canReach(account, folder)) return folder
      rmSync(folder, { recursive: true })
    } catch (error) {
      failure ??= error
    }
  }
  throw explainFailure(`No temporary folder can hold a database (tried ${bases.join(', ')}).`, failure ?? '')
}

function stopOnce(cluster: Cluster, remove: () => void, log: (message: string) => void) {
  // A process that ends without stopping at least ends the server; its folder is removed by the next start.
  const endServer = () => void endServerNow(cluster.directory)
  process.once('exit', endServer)
  let stopping: Promise<void> | undefined
  return () => {
    stopping ??= stopPostmaster(cluster, 'immediate')
      .then(remove)
      .then(() => void process.off('exit', endServer))
      .catch((error) => log((error as Error).message))
    return stopping
  }
}

async function removeOrphans() {
  for (const base of new Set(listBases())) {
    for (const name of listNames(base)) {
      const owner = Number(new RegExp(`^${NAME}(\\d+)-`).exec(name)?.[1] ?? Number.NaN)
      if (Number.isNaN(owner) || isProcess(owner)) continue
      await removeOrphan(join(base, name))
    }
  }
}

function listNames(directory: string): string[] {
  try {
    return readdirSync(directory)
  } catch {
    return []
  }
}

async function removeOrphan(folder: string) {
  try {
    // The name can be anybody's; only a folder of our own is ours to remove.
    if (process.getuid && lstatSync(folder).uid !== process.getuid()) return
    await stopLeftServer(join(folder, 'cluster'))
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  } catch {
    // Another start removes it at this moment, or the next one will.
  }
}
