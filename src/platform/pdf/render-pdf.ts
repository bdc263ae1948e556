import { Worker } from 'node:worker_threads'
import type { Label } from './label.ts'
import type { Paper } from './paper.ts'

/** What the thread is given. */
export type ToDraw = { paper: Paper } | { label: Label }
/** What it answers. */
export type Drawn = { bytes: Uint8Array } | { failure: string }

/** A paper of many pages takes a second: beyond this time the thread hangs and is replaced. */
const TIMEOUT_MS = 20_000
const MEMORY_MAX_MB = 256

let thread: Worker | undefined
let last: Promise<unknown> = Promise.resolve()

/**
 * Draws a paper, one after the other. Throws when it cannot be drawn, or not within `timeoutMs`. The thread is started
 * on first use, does not keep the process alive, and is replaced after it has died.
 */
export const renderPdf = (paper: Paper, timeoutMs = TIMEOUT_MS): Promise<Buffer> => drawNext({ paper }, timeoutMs)
/** The same for a label: one page. */
export const renderLabel = (label: Label): Promise<Buffer> => drawNext({ label }, TIMEOUT_MS)

function drawNext(wanted: ToDraw, timeoutMs: number): Promise<Buffer> {
  const drawn = last.then(() => draw(wanted, timeoutMs))
  last = drawn.catch(() => {})
  return drawn
}

async function draw(wanted: ToDraw, timeoutMs: number): Promise<Buffer> {
  thread ??= startThread()
  const worker = thread
  const { promise, resolve, reject } = Promise.withResolvers<Drawn>()
  const died = (code: number) => reject(new Error(`the thread that draws papers ended with code ${code}`))
  const timer = setTimeout(() => reject(new Error(`a paper was not drawn within ${timeoutMs} ms`)), timeoutMs)
  worker.once('message', resolve).once('error', reject).once('exit', died).ref()
  try {
    worker.postMessage(wanted)
    const answer = await promise
    if ('failure' in answer) throw new Error(`a paper could not be drawn: ${answer.failure}`)
    return Buffer.from(answer.bytes.buffer, answer.bytes.byteOffset, answer.bytes.byteLength)
  } catch (error) {
    // Whatever state the thread is in: the next paper gets a fresh one.
    thread = undefined
    await worker.terminate()
    throw error
  } finally {
    clearTimeout(timer)
    worker.off('message', resolve).off('error', reject).off('exit', died).unref()
  }
}

function startThread(): Worker {
  const worker = new Worker(new URL('./drawing-thread.ts', import.meta.url), {
    name: 'pdf',
    // Flags of the main thread, as --input-type, may not fit this file.
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MAX_MB },
  })
  // It may also die between two papers. Unheard, the error would end the process.
  worker.on('error', () => {})
  worker.on('exit', () => {
    if (thread === worker) thread = undefined
  })
  worker.unref()
  return worker
}
