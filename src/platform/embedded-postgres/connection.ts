// Connects to an embedded server, and tells who else is connected.

import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { explainFailure } from './failure-text.ts'

// Every start has a tag; its URL carries it as application_name, so all connections of that Souk process have it.
// One connection more, the presence, is called `<tag>-here` and stays open for as long as the process uses the server:
// pools close idle connections, so their number does not tell whether anybody is left. It ends with its process,
// whatever ends that.
const TAG = /^souk-\d+-[0-9a-f]{8}$/
const PRESENCE = /^souk-\d+-[0-9a-f]{8}-here$/

export function makeTag(): string {
  return `souk-${process.pid}-${randomBytes(4).toString('hex')}`
}

/** The URL of a database of the server whose data lies in `home`. */
export function writeUrl(home: string, port: number, tag: string, database = 'souk'): string {
  const password = readFileSync(join(home, 'password'), 'utf8').trim()
  return `postgres://souk:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}?application_name=${tag}`
}

/** Opens the presence of this start, after making the database `souk` where it is missing. Waits up to 30 s. */
export async function enterServer(home: string, port: number, tag: string): Promise<Client> {
  try {
    return await connectPatiently(writeUrl(home, port, `${tag}-here`))
  } catch (error) {
    if ((error as { code?: string }).code !== '3D000') throw explainRefusal(home, error)
  }
  const client = await connectPatiently(writeUrl(home, port, tag, 'postgres'))
  await client.query('create database souk').finally(() => client.end())
  return connectPatiently(writeUrl(home, port, `${tag}-here`))
}

/** Closes the presence and returns whether nobody else uses the server. The caller holds the data lock. */
export async function leaveServer(presence: Client, tag: string): Promise<boolean> {
  try {
    // Its closing takes a moment on the server. By the tag alone, the next to leave sees that nobody is here.
    await presence.query(`set application_name = '${tag}'`)
    const deadline = Date.now() + 500
    for (;;) {
      const names = await listOthers(presence)
      if (names.some((name) => PRESENCE.test(name))) return false
      // Connections that have a tag belong to a process that has left or is gone. Others are somebody's psql, or a
      // pool of ours with a name of its own that was closed a moment ago.
      if (!names.some((name) => !TAG.test(name))) return true
      if (Date.now() > deadline) return false
      await sleep(25)
    }
  } finally {
    await presence.end().catch(() => undefined)
  }
}

async function listOthers(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ application_name: string }>(
    `select application_name from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`,
  )
  return rows.map((row) => row.application_name)
}

async function connectPatiently(url: string): Promise<Client> {
  const deadline = Date.now() + 30_000
  for (;;) {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000, keepAlive: true })
    client.on('error', () => undefined) // an idle connection that breaks must not end the process
    try {
      await client.connect()
      return client
    } catch (error) {
      await client.end().catch(() => undefined)
      const isPassing = ['57P03', 'ECONNREFUSED', 'ECONNRESET'].includes((error as { code?: string }).code ?? '')
      if (!isPassing || Date.now() > deadline) throw error
    }
    await sleep(50)
  }
}

function explainRefusal(home: string, error: unknown): Error {
  if ((error as { code?: string }).code === '28P01') {
    const file = join(home, 'password')
    return new Error(`PostgreSQL does not accept the password in ${file}: put back the one made with this data.`)
  }
  return explainFailure(`PostgreSQL on ${home} runs, but does not let Souk in.`, error)
}
