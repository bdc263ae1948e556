// Turns what the system or PostgreSQL says into what a shop's owner can do about it.

import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

const ADVICE: [RegExp, string][] = [
  [/ENOSPC|No space left on device|EDQUOT|quota exceeded/i, 'The disk is full: make room and start again.'],
  [
    /could not look up effective user ID/,
    'The user that Souk runs as has no name on this machine (no line in /etc/passwd), and PostgreSQL wants one. ' +
      'Start Souk as a user that has a name, or set DATABASE_URL to a PostgreSQL of your own.',
  ],
  [
    /EROFS|Read-only file system/i,
    'The file system is read-only: put the data elsewhere (DATABASE_URL=embedded://PATH).',
  ],
  [
    /EACCES|EPERM|Permission denied|Operation not permitted/i,
    'The permissions do not allow it: give the folder to the user that Souk runs as (chown -R), or put the data ' +
      'elsewhere (DATABASE_URL=embedded://PATH).',
  ],
  [
    /spawn .* ENOENT|GLIBC|cannot open shared object|Exec format error|ENOEXEC/,
    'The bundled PostgreSQL does not run on this system (it needs glibc on Linux): set DATABASE_URL to a PostgreSQL ' +
      'of your own.',
  ],
  [
    /database files are incompatible with server|incompatible with the .* version/i,
    'The data was written by another major version of PostgreSQL: move it over with pg_dump and pg_restore.',
  ],
  [/could not (create shared memory|map anonymous)|ENOMEM|Cannot allocate memory/i, 'There is too little memory left.'],
  [/administrative permissions is not permitted/, 'PostgreSQL may not run as administrator: use an ordinary account.'],
]

/** An Error that says what failed, what to do where that is known, and what the system said. */
export function explainFailure(what: string, said: unknown): Error {
  const text = said instanceof Error ? said.message : String(said).trim()
  const advice = ADVICE.find(([pattern]) => pattern.test(text))?.[1]
  const lastLines = text.split('\n').slice(-6).join('\n') // initdb first tells at length what went well
  const parts = [what, advice, lastLines && `It says: ${lastLines}`].filter(Boolean)
  return new Error(parts.join(' '), said instanceof Error ? { cause: said } : undefined)
}

/** The last lines (about 2 kB) of a log, from the byte `from` on; empty when there is none. */
export function readTail(file: string, from = 0): string {
  try {
    const handle = openSync(file, 'r')
    try {
      const { size } = fstatSync(handle)
      const start = Math.max(Math.min(from, size), size - 2000)
      const bytes = Buffer.alloc(size - start)
      readSync(handle, bytes, 0, bytes.length, start)
      return bytes.toString().trim()
    } finally {
      closeSync(handle)
    }
  } catch {
    return ''
  }
}
