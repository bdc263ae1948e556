// Makes a new, empty PostgreSQL cluster (initdb) in a folder.

import { randomBytes } from 'node:crypto'
import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Account, giveTo, runToEnd } from './account.ts'
import type { Binaries } from './binaries.ts'
import { explainFailure } from './failure-text.ts'

const SETTINGS = {
  shared_buffers: '128MB',
  max_connections: '100',
  random_page_cost: '1.1', // disks of today
  jit: 'off', // a shop's short queries lose by it, and the package does not bring it
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  log_min_error_statement: 'panic', // statements carry customers' data, and Souk logs its own errors
}

const UNDURABLE_SETTINGS = {
  ...SETTINGS,
  max_connections: '200', // tests run side by side
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  autovacuum_naptime: '5min',
}

/**
 * Makes `home/cluster` and `home/password` (of the superuser `souk`; mode 0600). `home` must be reachable for the
 * account. The settings stand in postgresql.conf and are the owner's to tune from then on.
 * A cluster exists whole or not at all: it is made aside and renamed, so a crash half-way leaves nothing to trip on.
 */
export async function createCluster(
  home: string,
  binaries: Binaries,
  account: Account | undefined,
  durability: 'durable' | 'undurable',
): Promise<void> {
  const aside = join(home, 'cluster.new')
  const passwordForInitdb = join(home, 'password.initdb')
  const password = randomBytes(24).toString('base64url')
  try {
    rmSync(aside, { recursive: true, force: true })
    mkdirSync(aside, { mode: 0o700 })
    giveTo(account, aside)
    writePrivately(join(home, 'password'), password)
    writePrivately(passwordForInitdb, password)
    giveTo(account, passwordForInitdb)
    await runInitdb(aside, passwordForInitdb, binaries, account, durability)
    renameSync(aside, join(home, 'cluster'))
    if (process.platform !== 'win32') syncToDisk(home)
  } catch (error) {
    rmSync(aside, { recursive: true, force: true })
    throw error
  } finally {
    rmSync(passwordForInitdb, { force: true })
  }
}

function writePrivately(file: string, text: string) {
  rmSync(file, { force: true }) // an existing file would keep its mode and owner
  writeFileSync(file, text, { mode: 0o600, flag: 'wx', flush: true })
  chmodSync(file, 0o600)
}

async function runInitdb(
  directory: string,
  passwordFile: string,
  binaries: Binaries,
  account: Account | undefined,
  durability: 'durable' | 'undurable',
) {
  const settings = durability === 'durable' ? SETTINGS : UNDURABLE_SETTINGS
  const parameters = [
    ...[`--pgdata=${directory}`, '--username=souk', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
    // Order and upper/lower case come from PostgreSQL itself: deterministic, the same on every machine, and no index
    // breaks when the system's libraries are upgraded, as it happens with glibc's and ICU's orders.
    ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
    '--no-instructions',
    ...(durability === 'durable' ? [] : ['--no-sync']),
    ...Object.entries(settings).flatMap(([name, value]) => ['--set', `${name}=${value}`]),
  ]
  // What is a letter for pg_trgm and text search is still asked of the system. Its "C" knows none beyond ASCII, which
  // would make a search for "Café" or "चाय" blind, so it is the last choice. Not every system has the others.
  for (const ctype of ['C.UTF-8', 'en_US.UTF-8', 'C']) {
    const { code, output } = await runToEnd(binaries.initdb, [...parameters, `--lc-ctype=${ctype}`], account).catch(
      (error) => {
        throw explainFailure(`PostgreSQL could not be set up in ${directory}.`, error)
      },
    )
    if (code === 0) return
    const isLocaleMissing = /invalid locale (name|settings)/.test(output)
    if (!isLocaleMissing || ctype === 'C')
      throw explainFailure(`PostgreSQL could not be set up in ${directory}.`, output)
  }
}

function syncToDisk(directory: string) {
  const handle = openSync(directory, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
