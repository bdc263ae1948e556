// For the tests: data directories and Souk processes that are gone when the test file has ended.

import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { Client } from 'pg'
import { stopLeftServer } from './postmaster.ts'
import { SHARED_PLACE } from './shared-place.ts'

export const isRoot = process.getuid?.() === 0
/** Removed at the end. */
export const folders: string[] = []
/** Whose servers are ended at the end. */
export const clusters: string[] = []
const children: ChildProcess[] = []
const hadSharedPlace = existsSync(SHARED_PLACE)

after(async () => {
  for (const child of children) child.kill('SIGKILL')
  for (const cluster of clusters) await stopLeftServer(cluster)
  if (!hadSharedPlace) folders.push(SHARED_PLACE)
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

/** A data directory that does not exist yet, in a folder of this mode and owner. */
export function makeDataDirectory(mode = 0o711, owner?: number) {
  const folder = mkdtempSync(join(tmpdir(), 'souk-postgres-test-'))
  chmodSync(folder, mode)
  if (owner !== undefined) chownSync(folder, owner, owner)
  folders.push(folder)
  clusters.push(join(folder, 'var/postgres/cluster'))
  return join(folder, 'var/postgres')
}

const CHILD = `
const { startEmbeddedPostgres } = await import(process.argv[1])
const begun = Date.now()
try {
  const server = await startEmbeddedPostgres(JSON.parse(process.argv[2]), (line) => console.error(line))
  console.log(JSON.stringify({ url: server.url, tookMs: Date.now() - begun }))
  process.on('SIGINT', () => undefined)
  process.stdin.once('data', async () => { await server.stop(); process.exit(0) })
} catch (error) { console.log(JSON.stringify({ error: error.message })) }`

type Told = { url: string; tookMs: number; error?: string }

/** Another Souk process, which tells how its start went. */
export async function startChild(options: object, how: { uid?: number; code?: string; through?: string[] } = {}) {
  const { uid, code = import.meta.dirname, through = [] } = how
  const [program = '', ...parameters] = [...through, process.execPath]
  const child = spawn(
    program,
    [...parameters, '--input-type=module', '-e', CHILD, join(code, 'index.ts'), JSON.stringify(options)],
    { cwd: '/', detached: true, stdio: ['pipe', 'pipe', 'pipe'], ...(uid !== undefined && { uid, gid: uid }) },
  )
  children.push(child)
  let log = ''
  child.stderr.on('data', (text) => {
    log += text
  })
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const told = await new Promise<Told>((resolve, reject) => {
    child.stdout.once('data', (text) => resolve(JSON.parse(String(text))))
    child.once('exit', () => setTimeout(() => reject(new Error(`The child said nothing. ${log}`)), 500))
  })
  const stop = () => {
    child.stdin.write('stop\n')
    return closed
  }
  const kill = () => {
    child.kill('SIGKILL')
    return closed // not only its exit: nobody holds its streams any more
  }
  return { ...told, pid: child.pid as number, stop, kill }
}

export const quiet = () => undefined

/** The first row of the answer, on a connection of its own. */
export async function ask(url: string, sql: string) {
  const client = new Client({ connectionString: url })
  client.on('error', quiet)
  await client.connect()
  try {
    return (await client.query(sql)).rows[0]
  } finally {
    await client.end()
  }
}
