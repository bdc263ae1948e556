/** The processes of a run: each is begun here, and all are ended here, whatever happens. */
import { type ChildProcess, fork, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

export type Children = { add<Child extends ChildProcess>(child: Child): Child; endAll(): void }

/** Those that were begun and run still are ended by their ids: by `endAll`, or when this process goes. */
export function openChildren(): Children {
  const running = new Set<ChildProcess>()
  const endAll = () => {
    for (const child of running) child.kill('SIGKILL')
  }
  process.once('exit', endAll)
  return {
    endAll,
    add: (child) => {
      running.add(child)
      child.once('exit', () => running.delete(child))
      return child
    },
  }
}

/** A file of this folder as a process that is sent messages and answers each with one: `failure` in it is thrown. */
export type Helper = { pid: number; ask<Answer extends object>(message: object): Promise<Answer>; end(): void }

export function startHelper(children: Children, file: string): Helper {
  const child = children.add(fork(new URL(file, import.meta.url), { serialization: 'advanced' }))
  const ask = <Answer extends object>(message: object) =>
    new Promise<Answer>((resolve, reject) => {
      const gone = () => reject(new Error(`${file} ended before it answered`))
      child.once('exit', gone)
      child.once('message', (answer) => {
        child.off('exit', gone)
        const { failure } = answer as { failure?: string }
        if (failure === undefined) resolve(answer as Answer)
        else reject(new Error(`${file}: ${failure}`))
      })
      child.send(message)
    })
  return { pid: child.pid!, ask, end: () => child.disconnect() }
}

export type SoukProcess = { url: string; pid: number; stop(): Promise<void> }

const START_WAIT_MS = 30_000

/** Souk as its users start it, in a process of its own; resolves when it answers. */
export async function startSouk(
  children: Children,
  environment: Record<string, string>,
  { args, nodeOptions, folder }: { args: string[]; nodeOptions: string[]; folder: string },
): Promise<SoukProcess> {
  const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
  const port = await findFreePort()
  const url = `http://127.0.0.1:${port}`
  const child = children.add(
    spawn(process.execPath, [...nodeOptions, main, 'serve', ...args], {
      // Not the checkout: whatever stands in its .env is nothing to measure with.
      cwd: folder,
      env: { PATH: process.env.PATH ?? '', ...environment, PORT: String(port), PUBLIC_URL: url },
    }),
  )
  const ended = watchOutput(child)
  let isOver = false
  const over = ended.then(({ output }) => {
    isOver = true
    return output
  })
  const deadline = Date.now() + START_WAIT_MS
  while (!(await answers(`${url}/api/health/`))) {
    if (isOver || Date.now() > deadline) throw new Error(`Souk does not start: ${isOver ? await over : 'it is silent'}`)
    await sleep(100)
  }
  return {
    url,
    pid: child.pid!,
    stop: async () => {
      child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), 8000)
      await over
      clearTimeout(late)
    },
  }
}

/** Waits for the end of a process; `output` is the last of what it said. */
export function watchOutput(child: ChildProcess): Promise<{ code: number | null; output: string }> {
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-4000)
    })
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, output }))
  })
}

const answers = (url: string) =>
  fetch(url).then(
    (response) => response.ok,
    () => false,
  )

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
