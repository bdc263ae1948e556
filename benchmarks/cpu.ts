/** What an answer costs on the processors, whatever else the machine does meanwhile. */
import { readdirSync, readFileSync } from 'node:fs'
import { findBackends } from './backends.queries.ts'

/** By process: of a server and of everything of the database that works for it. */
export type Spent = Map<number, number>

/** Milliseconds so far; undefined where the database is on another machine, or the system does not tell. */
export async function readSpent(url: string, server: number): Promise<Spent | undefined> {
  const read = [server, ...(await findBackends(url))].map((pid) => [pid, readCpuMs(pid)] as const)
  const known = read.filter((each): each is [number, number] => each[1] !== undefined)
  return known.length === read.length ? new Map(known) : undefined
}

/** What was spent in between; a connection that was opened meanwhile began at nothing. */
export function spentBetween(before: Spent | undefined, after: Spent | undefined): number | undefined {
  return before && after && [...after].reduce((sum, [pid, cpu]) => sum + cpu - (before.get(pid) ?? 0), 0)
}

/** The time that a process has spent on processors so far; undefined where the system does not say it as Linux does. */
export function readCpuMs(pid: number): number | undefined {
  try {
    const threads = readdirSync(`/proc/${pid}/task`)
    const spent = threads.map((thread) =>
      Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
    )
    return spent.reduce((sum, nanoseconds) => sum + nanoseconds, 0) / 1e6
  } catch {
    return undefined
  }
}
