/** Files that log lines are appended to. Who rotates them is somebody else: when a file was moved away, it is made anew. */
import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Lines, openLines } from './lines.ts'

const LOOK_EVERY_MS = 5000

/** Opens a file to append to, and makes it, and its folder, where they are not there; `gathers` as `openLines` says. */
export function openLogFile(path: string, gathers = false, lookEveryMs = LOOK_EVERY_MS): Lines {
  mkdirSync(dirname(path), { recursive: true })
  const lines = openLines(path, gathers)
  let known = inodeOf(path)
  const look = setInterval(() => {
    const found = inodeOf(path)
    if (found !== undefined && found === known) return
    try {
      mkdirSync(dirname(path), { recursive: true })
      lines.reopen()
    } catch {
      // The folder cannot be made now: it is tried again, and stdout has the lines.
    }
    known = inodeOf(path)
  }, lookEveryMs)
  look.unref()
  return lines
}

function inodeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.ino
}
