// One Souk process at a time looks at, creates, starts or stops the server of a data directory.
//
// The lock is the operating system's, taken through SQLite, which Node brings along: it goes away with its process
// whatever ends that, so there is no stale lock to detect, and two processes cannot both "take over". A lock file with
// a pid in it has both troubles. The file stays empty and may stay behind; it means nothing by itself.

import { chownSync, closeSync, existsSync, openSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'

const WAIT_MS = 90_000 // more than creating and recovering a database take together
const CLAIM_WAIT_MS = 500 // a process that was killed this moment is still ending
const SQLITE_BUSY = 5

/** Does the work while no other process (nor another call in this one) works on the directory, which must exist. */
export async function withDataLock<T>(directory: string, work: () => Promise<T>): Promise<T> {
  const lock = await takeLock(directory)
  try {
    return await work()
  } finally {
    lock.close()
  }
}

/**
 * Takes the directory, which must exist, for the one process that serves from it. It is given back by the function
 * returned, or with the end of the process, whatever ends that. Undefined: another process has it.
 */
export async function claimDirectory(directory: string): Promise<(() => void) | undefined> {
  const claim = openLock(directory, 'serving')
  const deadline = Date.now() + CLAIM_WAIT_MS
  while (!isTaken(claim)) {
    if (Date.now() > deadline) {
      claim.close()
      return undefined
    }
    await sleep(20)
  }
  return () => void (claim.isOpen && claim.close())
}

async function takeLock(directory: string): Promise<DatabaseSync> {
  const lock = openLock(directory, 'lock')
  const deadline = Date.now() + WAIT_MS
  while (!isTaken(lock)) {
    if (Date.now() > deadline) {
      lock.close()
      throw new Error(
        `Another Souk process has been starting or stopping the database in ${directory} for ${WAIT_MS / 1000} ` +
          'seconds. Wait for it, or end it, and start again.',
      )
    }
    await sleep(20)
  }
  return lock
}

function openLock(directory: string, name: string): DatabaseSync {
  const file = join(directory, name)
  makeLockFile(directory, file)
  return new DatabaseSync(file, { timeout: 0 })
}

function makeLockFile(directory: string, file: string) {
  // To close a file gives up every lock that this process has on it, so one that is there is not opened.
  if (existsSync(file)) return
  closeSync(openSync(file, 'a', 0o600))
  if (process.getuid?.() !== 0) return
  // Root in a person's directory must not leave a file that this person cannot lock afterwards.
  const owner = statSync(directory)
  chownSync(file, owner.uid, owner.gid)
}

function isTaken(lock: DatabaseSync): boolean {
  try {
    lock.exec('BEGIN EXCLUSIVE')
    return true
  } catch (error) {
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return false
    lock.close()
    throw error
  }
}
