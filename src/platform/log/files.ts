/** Files that log lines are appended to. Who rotates them is somebody else: when a file was moved away, it is made anew. */
import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { pino } from 'pino'

const LOOK_EVERY_MS = 5000

/** Opens a file to append to, and makes it, and its folder, where they are not there. Lines stand in it at once. */
export function openLogFile(path: string, lookEveryMs = LOOK_EVERY_MS) {
  mkdirSync(dirname(path), { recursive: true })
  const stream = pino.destination({ dest: path, sync: true, append: true, mkdir: true })
  let known = inodeOf(path)
  const look = setInterval(() => {
    const found = inodeOf(path)
    if (found !== undefined && found === known) return
    try {
      mkdirSync(dirname(path), { recursive: true })
      stream.reopen()
    } catch {
      // The folder cannot be made now: it is tried again, and stdout has the lines.
    }
    known = inodeOf(path)
  }, lookEveryMs)
  look.unref()
  // A full disk does not end the shop: stdout has the lines.
  stream.on('error', () => {})
  return stream
}

function inodeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.ino
}
