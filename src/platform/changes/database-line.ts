/** Hearing of what other processes change, by notifications of the database, on a connection of its own. */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { Log } from '#platform/log'
import { EVERYTHING, type Heard } from './heard.ts'
import { fromMessage } from './messages.ts'
import { CHANNEL } from './queries.ts'

export type DatabaseLine = {
  /** False while something may be missed. */
  isListening(): boolean
  close(): Promise<void>
}
export type LineOptions = { url: string; log: Log; onHeard: (heard: Heard) => void }

const CHECK_EVERY_MS = 5000
const ANSWER_WITHIN_MS = 2000
const COME_BACK_AFTER_MS = 500

/**
 * Listens, and goes on trying where it cannot. Every few seconds it sends itself a message: a connection that died
 * silently, or a pooler that lends connections out by the transaction, lets none through.
 */
export async function listenOnDatabase({ url, log, onHeard }: LineOptions): Promise<DatabaseLine> {
  let line: Line | undefined
  let [isClosed, isDown] = [false, false]
  let timer: NodeJS.Timeout | undefined

  const later = (work: () => Promise<void>, ms: number) => {
    clearTimeout(timer)
    if (!isClosed) timer = setTimeout(() => void work(), ms).unref()
  }
  async function open() {
    try {
      const opened = await openLine(url, onHeard, lose)
      if (isClosed) return opened.end()
      onHeard(EVERYTHING)
      line = opened
      if (isDown) log.info({}, 'changes of other processes are heard again')
      isDown = false
      later(check, CHECK_EVERY_MS)
    } catch (error) {
      lose(error)
    }
  }
  async function check() {
    const checked = line
    await checked?.hearOneself().then(() => later(check, CHECK_EVERY_MS), lose)
  }
  function lose(error: unknown) {
    if (isClosed) return
    const lost = line
    line = undefined
    void lost?.end()
    if (!isDown)
      log.warn({ err: error }, 'changes of other processes are not heard: no answers are kept until they are')
    isDown = true
    later(open, COME_BACK_AFTER_MS)
  }

  await open()
  return {
    isListening: () => line !== undefined,
    close: async () => {
      isClosed = true
      clearTimeout(timer)
      await line?.end()
    },
  }
}

type Line = { hearOneself(): Promise<void>; end(): Promise<void> }

async function openLine(url: string, onHeard: (heard: Heard) => void, onLost: (error: unknown) => void): Promise<Line> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'souk changes',
    keepAlive: true,
    connectionTimeoutMillis: ANSWER_WITHIN_MS,
    query_timeout: ANSWER_WITHIN_MS,
  })
  const greeting = `hello ${randomUUID()}`
  let greeted = () => {}
  let isOver = false
  const end = async () => {
    isOver = true
    // A line that is dead waits for no farewell.
    await Promise.race([client.end().catch(() => {}), pause(ANSWER_WITHIN_MS)])
  }
  const lose = (error: unknown) => {
    if (!isOver) onLost(error)
    isOver = true
  }
  client.on('error', lose)
  client.on('end', () => lose(new Error('The connection was closed')))
  client.on('notification', ({ payload = '' }) => {
    if (payload === greeting) greeted()
    else if (!payload.startsWith('hello ')) onHeard(fromMessage(payload))
  })
  const hearOneself = async () => {
    const heard = new Promise<true>((resolve) => {
      greeted = () => resolve(true)
    })
    await client.query('select pg_notify($1, $2)', [CHANNEL, greeting])
    if (!(await Promise.race([heard, pause(ANSWER_WITHIN_MS)]))) throw new Error('No notification arrives')
  }
  try {
    await client.connect()
    await client.query(`listen ${CHANNEL}`)
    await hearOneself()
  } catch (error) {
    await end()
    throw error
  }
  return { hearOneself, end }
}

const pause = (ms: number) => new Promise<false>((resolve) => setTimeout(resolve, ms, false).unref())
