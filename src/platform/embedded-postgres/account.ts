// PostgreSQL refuses to run as root. Where Souk runs as root, its PostgreSQL runs as an ordinary account.

import { spawn, spawnSync } from 'node:child_process'
import { chownSync, lchownSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export type Account = { uid: number; gid: number }

/**
 * The account to run PostgreSQL as; undefined: as ourselves, who are not root.
 * `owner`: who owns the directory the data will lie in; a person's own directory is served under that person.
 * It must have a name, for initdb looks it up; `nobody` is the last resort, for other daemons may use it too.
 */
export function chooseAccount(owner?: Account): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const accounts = listAccounts()
  const found =
    (owner && owner.uid !== 0 ? accounts.find(({ uid }) => uid === owner.uid) : undefined) ??
    ['postgres', '_postgres', 'nobody'].map((name) => accounts.find((one) => one.name === name)).find(Boolean)
  if (found) return { uid: found.uid, gid: found.gid }
  throw new Error(
    'PostgreSQL may not run as root, and this machine has neither a user "postgres" nor "nobody" to run it as. ' +
      'Start Souk as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own.',
  )
}

function listAccounts(): (Account & { name: string })[] {
  let text = ''
  try {
    text = readFileSync('/etc/passwd', 'utf8')
  } catch {
    // A machine without this file has no account to offer.
  }
  const lines = text.split('\n').map((line) => line.split(':'))
  // macOS writes `nobody` as -2; chown and stat say 4294967294.
  return lines.map(([name = '', , uid, gid]) => ({ name, uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 }))
}

/** Whether the account may enter the directory: asked of the system, which also knows ACLs and mount rules. */
export function canReach(account: Account | undefined, directory: string): boolean {
  if (!account) return true
  const asked = spawnSync('/bin/sh', ['-c', 'test -x "$0/."', directory], runOptions(account))
  return asked.status === 0
}

/**
 * How to start a program of PostgreSQL: as the account, in a folder that it can reach, without our environment, which
 * holds secrets that the other account could read in /proc, and PG* variables meant for another server.
 */
export function runOptions(account: Account | undefined) {
  const kept = ['PATH', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'windir']
  const env: NodeJS.ProcessEnv = { LC_ALL: 'C' }
  for (const name of kept) if (process.env[name] !== undefined) env[name] = process.env[name]
  return { cwd: '/', env, ...(account && { uid: account.uid | 0, gid: account.gid | 0 }) }
}

/** Runs a program to its end. `output` is what it wrote to both outputs; `code` is null where a signal ended it. */
export function runToEnd(
  program: string,
  parameters: string[],
  account: Account | undefined,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { ...runOptions(account), stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const keep = (chunk: Buffer) => {
      output += chunk.toString()
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, output }))
  })
}

/** Hands a file or folder to the account; nothing to do where we run PostgreSQL as ourselves. */
export function giveTo(account: Account | undefined, path: string): void {
  if (account) chownSync(path, account.uid, account.gid)
}

/** The same for all that a folder holds. Links are given, not followed. */
export function giveTreeTo(account: Account, directory: string): void {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name)
    if (entry.isDirectory()) giveTreeTo(account, path)
    else lchownSync(path, account.uid, account.gid)
  }
  lchownSync(directory, account.uid, account.gid)
}
