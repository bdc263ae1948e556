/** The real program as a child process, with nothing of the caller's environment but where programs are. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { findPostmaster, stopLeftServer } from '../../src/platform/embedded-postgres/postmaster.ts'

const ROOT = join(import.meta.dirname, '../..')
const OPEN_WITHIN_MS = 30_000
const RUN_WITHIN_MS = 30_000

export type Environment = Record<string, string>
export type Ended = {
  code: number | null
  signal: NodeJS.Signals | null
  output: string
  errors: string
  tookMs: number
}
export type SoukProcess = {
  pid: number
  /** Where it listens: http://127.0.0.1:PORT. */
  url: string
  /** What it said so far. */
  output(): string
  signal(signal: NodeJS.Signals): void
  /** Resolves when it has ended, whatever ended it. */
  ended: Promise<Ended>
}

const children: ChildProcess[] = []
const folders: string[] = []
const clusters: string[] = []

after(async () => {
  for (const child of children) child.kill('SIGKILL')
  for (const cluster of clusters) await stopLeftServer(cluster)
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

/** A folder for one shop's files, removed at the end with the server that may run on it. */
export function makeShopFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'souk-process-'))
  // Where the tests run as root, PostgreSQL runs as another user, who must pass through.
  chmodSync(folder, 0o711)
  folders.push(folder)
  clusters.push(clusterOf(folder))
  return folder
}

const clusterOf = (folder: string) => join(folder, 'postgres/cluster')

/** The embedded server that runs on a folder's data; undefined when there is none. */
export function serverOn(folder: string) {
  return findPostmaster(clusterOf(folder))
}

/** Settings of a shop whose data lie in a folder: an embedded database, unless `over` says otherwise. */
export async function settingsFor(folder: string, over: Environment = {}): Promise<Environment> {
  const places = { DATA_DIRECTORY: folder, DATABASE_URL: `embedded://${folder}/postgres`, PORT: await findFreePort() }
  return { NODE_ENV: 'testing', DEMO_DATA: 'false', ...places, ...over }
}

export function findFreePort(): Promise<string> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(String(port)))
    })
  })
}

/** `entry` is a file of this project, or of another place; `input` is what it may read. */
type How = { program?: string; entry?: string; nodeOptions?: string[]; through?: string[]; input?: string }

/** Starts a command and does not wait for anything. */
export function spawnSouk(args: string[], environment: Environment, how: How = {}): SoukProcess {
  const { program = process.execPath, entry = 'src/main.ts', nodeOptions = [], through = [], input } = how
  const [first, ...rest] = [...through, program, ...nodeOptions, resolve(ROOT, entry), ...args]
  const { PATH = '', HOME = '/', TMPDIR } = process.env
  // In a folder of its own: an .env file of whoever runs the tests is none of theirs.
  const cwd = environment.DATA_DIRECTORY ?? tmpdir()
  const begun = performance.now()
  const child = spawn(first!, rest, {
    cwd,
    env: { PATH, HOME, ...(TMPDIR && { TMPDIR }), ...environment },
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  })
  child.stdin?.end(input)
  children.push(child)
  let [output, errors] = ['', '']
  child.stdout?.on('data', (chunk) => {
    output += chunk
  })
  child.stderr?.on('data', (chunk) => {
    errors += chunk
  })
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, output, errors, tookMs: performance.now() - begun }))
  })
  return {
    pid: child.pid!,
    url: `http://127.0.0.1:${environment.PORT ?? 8000}`,
    output: () => output + errors,
    signal: (signal) => void child.kill(signal),
    ended,
  }
}

/** Runs a command to its end; one that does not end by itself is killed. */
export async function runSouk(args: string[], environment: Environment, how: How = {}): Promise<Ended> {
  const souk = spawnSouk(args, environment, how)
  const late = setTimeout(() => souk.signal('SIGKILL'), RUN_WITHIN_MS)
  return souk.ended.finally(() => clearTimeout(late))
}

/** Starts `serve` and waits until it answers; `tookMs` is how long that was. */
export async function startServing(
  environment: Environment,
  args: string[] = [],
  how: How = {},
): Promise<SoukProcess & { tookMs: number }> {
  const souk = spawnSouk(['serve', ...args], environment, how)
  const begun = performance.now()
  while (!(await isHealthy(souk.url))) {
    const early = await Promise.race([souk.ended, sleep(10)])
    const tookMs = performance.now() - begun
    if (early || tookMs > OPEN_WITHIN_MS) throw new Error(`not open after ${Math.round(tookMs)} ms: ${souk.output()}`)
  }
  return { ...souk, tookMs: performance.now() - begun }
}

async function isHealthy(url: string): Promise<boolean> {
  return fetch(`${url}/api/health/`).then(
    (answer) => answer.ok,
    () => false,
  )
}

/** What the bare runtime takes to start on the machine that our times were set on. */
const BARE_START_MS = 45

/** A time that an idle machine keeps, stretched for one that is slower, or has other work too. */
export function onThisMachine(ms: number): number {
  const slower = Math.min(bareStartMs(), bareStartMs(), bareStartMs()) / BARE_START_MS
  return ms * Math.max(1, slower, loadavg()[0]! / availableParallelism())
}

function bareStartMs(): number {
  const began = performance.now()
  spawnSync(process.execPath, ['-e', ''])
  return performance.now() - began
}

/** Asks again and again until the answer is yes. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>, withinMs = 20_000): Promise<void> {
  const deadline = performance.now() + withinMs
  while (!(await isSo())) {
    if (performance.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`)
    await sleep(25)
  }
}

export type Answer = {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests look at whatever came
  body: any
}

/** One request; JSON goes and comes. Rejects when there was no answer. */
export async function call(
  url: string,
  { body, token, key }: { body?: object; token?: string; key?: string } = {},
): Promise<Answer> {
  const answer = await fetch(url, {
    method: body ? 'POST' : 'GET',
    headers: {
      ...(body && { 'content-type': 'application/json' }),
      ...(token && { authorization: `Bearer ${token}` }),
      ...(key && { 'idempotency-key': key }),
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: await answer.json() }
}
