// Starts the server of a cluster, or finds the one that runs; and stops it.

import { type ChildProcess, spawn } from 'node:child_process'
import { chownSync, closeSync, fchmodSync, openSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Account, runOptions, runToEnd } from './account.ts'
import type { Binaries } from './binaries.ts'
import { explainFailure, readTail } from './failure-text.ts'
import { findPostmaster, readPidFile } from './postmaster.ts'

/** A cluster and how to run it. `home` holds cluster/, password and server.log. */
export type Cluster = { home: string; directory: string; binaries: Binaries; account: Account | undefined }

const READY_WAIT_MS = 30_000
const LOG_LIMIT_BYTES = 10_000_000

/**
 * Returns the server that accepts connections on this cluster: the one that runs already (`isNew` false), waited for
 * where it still starts, recovers or stops; or a new one, on `port` or on a free port. The caller holds the data lock.
 * Throws after `waitMs`, or when the server gives up, with the end of its log.
 */
export async function runPostmaster(
  cluster: Cluster,
  port?: number,
  waitMs = READY_WAIT_MS,
): Promise<{ pid: number; port: number; isNew: boolean }> {
  const deadline = Date.now() + waitMs
  limitLog(join(cluster.home, 'server.log'))
  const running = await waitForRunning(cluster, deadline)
  if (running) return { ...running, isNew: false }
  for (;;) {
    const failure = await startPostmaster(cluster, port ?? (await findFreePort()), deadline)
    if (typeof failure !== 'string') return { ...failure, isNew: true }
    // Another program took the port in between; or the remaining processes of a killed server are just ending.
    const isPassing = /pre-existing shared memory|could not bind|Address already in use/.test(failure)
    if (!isPassing || Date.now() > deadline) {
      throw explainFailure(`PostgreSQL does not start on ${cluster.directory}.`, failure)
    }
    await sleep(100)
  }
}

/** Stops the server and waits until it has ended. `fast` writes all to disk, `immediate` is for data to throw away. */
export async function stopPostmaster(cluster: Cluster, mode: 'fast' | 'immediate'): Promise<void> {
  if (!findPostmaster(cluster.directory)) return
  const parameters = ['stop', '-D', cluster.directory, '-m', mode, '-w', '-t', '60', '-s']
  const { code, output } = await runToEnd(cluster.binaries.pgCtl, parameters, cluster.account)
  if (code !== 0 && findPostmaster(cluster.directory)) {
    throw explainFailure(`PostgreSQL on ${cluster.directory} does not stop.`, output)
  }
}

async function waitForRunning(cluster: Cluster, deadline: number) {
  for (;;) {
    const found = findPostmaster(cluster.directory)
    if (!found || (found.status === 'ready' && found.port > 0)) return found
    if (Date.now() > deadline) throw explainSlowness(cluster, found.pid, found.status)
    await sleep(25)
  }
}

/** Returns the ready server, or what it said when it gave up. */
async function startPostmaster(cluster: Cluster, port: number, deadline: number) {
  const logFile = join(cluster.home, 'server.log')
  const logFrom = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0
  const child = spawnPostmaster(cluster, port, logFile)
  let end: string | undefined
  child.once('error', (error) => {
    end = error.message
  })
  child.once('exit', (code, signal) => {
    end ??= `It ended with ${signal ?? code}.`
  })
  for (;;) {
    if (end !== undefined) return readTail(logFile, logFrom) || end
    const written = readPidFile(cluster.directory)
    if (written && written.pid === child.pid && written.status === 'ready') return { pid: written.pid, port }
    if (Date.now() > deadline) throw explainSlowness(cluster, child.pid, 'starting')
    await sleep(15)
  }
}

function spawnPostmaster(cluster: Cluster, port: number, logFile: string): ChildProcess {
  const log = openSync(logFile, 'a', 0o600)
  try {
    fchmodSync(log, 0o600)
    const options = runOptions(cluster.account)
    const stalePid = readPidFile(cluster.directory)?.pid
    // A process that has the number of a dead server by chance would stop PostgreSQL from starting. It is known by now
    // to be none, and this variable (meant for pg_ctl) says so. PostgreSQL's own proof that no process still uses the
    // data, by its shared memory, stays: therefore the file is not deleted here.
    if (stalePid !== undefined) options.env.PG_GRANDPARENT_PID = String(stalePid)
    const child = spawn(
      cluster.binaries.postgres,
      // TCP on loopback: works on every system and with paths of any length, unlike a socket file (107 bytes).
      [
        '-D',
        cluster.directory,
        '-p',
        String(port),
        '-c',
        'listen_addresses=127.0.0.1',
        '-c',
        'unix_socket_directories=',
      ],
      // Its own session, and none of our streams: Ctrl-C must not reach it before Souk has finished, and whoever reads
      // Souk's output must see its end.
      { ...options, detached: true, stdio: ['ignore', log, log], windowsHide: true },
    )
    child.unref()
    return child
  } finally {
    closeSync(log)
  }
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}

/** A server may run for years: only the end of a long log is kept. The server appends, so it goes on at the new end. */
function limitLog(logFile: string) {
  const log = statSync(logFile, { throwIfNoEntry: false })
  if (!log) {
    writeFileSync(logFile, '', { mode: 0o600 })
    const owner = statSync(dirname(logFile))
    if (process.getuid?.() === 0) chownSync(logFile, owner.uid, owner.gid)
  } else if (log.size > LOG_LIMIT_BYTES) {
    const kept = readTail(logFile)
    truncateSync(logFile)
    writeFileSync(logFile, `${kept}\n`, { flag: 'a' })
  }
}

function explainSlowness(cluster: Cluster, pid: number | undefined, status: string): Error {
  return new Error(
    `PostgreSQL on ${cluster.directory} (process ${pid}) has been ${status} for too long. ` +
      'It may be repairing itself after a crash: leave it running and start Souk again in a minute. ' +
      `The end of its log (${join(cluster.home, 'server.log')}): ${readTail(join(cluster.home, 'server.log'))}`,
  )
}
