// What is known about the server process of a cluster: from its postmaster.pid and from the system.

import { spawnSync } from 'node:child_process'
import { readFileSync, readlinkSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export type Postmaster = { pid: number; port: number; status: string }

/**
 * The server that postmaster.pid tells of, if a process of this number really is a server on this data; else undefined.
 * `status` is starting, ready or stopping; `port` is 0 until the server has written it.
 */
export function findPostmaster(cluster: string): Postmaster | undefined {
  const written = readPidFile(cluster)
  return written && isServerOn(cluster, written.pid) ? written : undefined
}

/** The same without asking who that process is: the file outlives a server that was killed. */
export function readPidFile(cluster: string): Postmaster | undefined {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
    const pid = Number(lines[0])
    if (!Number.isInteger(pid) || pid <= 0) return undefined
    return { pid, port: Number(lines[3]) || 0, status: lines[7]?.trim() || 'starting' }
  } catch {
    return undefined
  }
}

/** Whether a process of this number is there, whoever it is. */
export function isProcess(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  return !isZombie(pid)
}

/** Ended, but still listed: in a container whose first process does not collect orphans, for ever. */
function isZombie(pid: number): boolean {
  if (process.platform !== 'linux') return false
  try {
    return / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/s, ''))
  } catch {
    return false
  }
}

/** Ends a server whose data nobody will read (SIGQUIT is PostgreSQL's immediate stop) and waits, up to 5 seconds. */
export async function stopLeftServer(cluster: string): Promise<void> {
  for (let tries = 0; tries < 100 && endServerNow(cluster); tries += 1) await sleep(50)
}

/** The same without waiting; whether there was a server. */
export function endServerNow(cluster: string): boolean {
  const server = findPostmaster(cluster)
  if (server) process.kill(server.pid, process.platform === 'win32' ? 'SIGKILL' : 'SIGQUIT')
  return server !== undefined
}

/** Process numbers are used again, above all in containers: a live process is not yet our server. */
function isServerOn(cluster: string, pid: number): boolean {
  if (!isProcess(pid)) return false
  try {
    if (process.platform === 'linux') {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      return command.includes('postgres') && isWorkingIn(cluster, pid, command)
    }
    if (process.platform === 'win32') {
      const listed = spawnSync('tasklist', ['/FI', `PID eq ${pid}`, '/NH'], { encoding: 'utf8', windowsHide: true })
      return listed.stdout.includes('postgres')
    }
    const listed = spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
    return listed.stdout.includes('postgres') && listed.stdout.includes(cluster)
  } catch {
    return false // it has just ended, or it belongs to someone else
  }
}

/** A server works in its data directory, and stays there when that is renamed. */
function isWorkingIn(cluster: string, pid: number, command: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster)
  } catch {
    return command.includes(cluster) // root in a container may not look there, but everybody sees the command
  }
}
