// The server of a data directory: several Souk processes may share it, and the last one out stops it.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from 'pg'
import { locateBinaries } from './binaries.ts'
import { enterServer, leaveServer, makeTag, writeUrl } from './connection.ts'
import { createCluster } from './create-cluster.ts'
import { findDataHome, openDataDirectory } from './data-home.ts'
import { withDataLock } from './data-lock.ts'
import { explainFailure } from './failure-text.ts'
import { type Cluster, runPostmaster, stopPostmaster } from './run-postmaster.ts'

type Log = (message: string) => void

/** Starts, recovers or joins the server of the data directory, which is made when it is missing. See index.ts. */
export async function startDurableServer(
  dataDirectory: string,
  log: Log,
): Promise<{ url: string; stop(): Promise<void> }> {
  const directory = openDataDirectory(dataDirectory)
  const tag = makeTag()
  const { cluster, port, presence } = await withDataLock(directory, async () => {
    const cluster = await openCluster(directory, log)
    const { port } = await runAndTell(cluster, log)
    return { cluster, port, presence: await enterServer(cluster.home, port, tag) }
  })
  const stop = stayPresent(directory, cluster, port, tag, presence, log)
  return { url: writeUrl(cluster.home, port, tag), stop }
}

async function openCluster(directory: string, log: Log): Promise<Cluster> {
  const { home, account } = findDataHome(directory, log)
  const binaries = locateBinaries(account, () => directory)
  if (!existsSync(join(home, 'cluster'))) {
    log(`Creating an empty PostgreSQL database in ${home}.`)
    await createCluster(home, binaries, account, 'durable')
  } else if (!existsSync(join(home, 'password'))) {
    throw new Error(`${join(home, 'password')} is missing: put back the one that was made with this data.`)
  }
  return { home, directory: join(home, 'cluster'), binaries, account }
}

async function runAndTell(cluster: Cluster, log: Log, port?: number) {
  const begun = Date.now()
  const server = await runPostmaster(cluster, port)
  const took = server.isNew ? `started in ${Date.now() - begun} ms` : 'was running already'
  log(`PostgreSQL on ${cluster.directory} ${took} (port ${server.port}, process ${server.pid}).`)
  return server
}

/** Keeps the presence for as long as the server is in use, and the server with it; returns how to leave. */
function stayPresent(
  directory: string,
  cluster: Cluster,
  port: number,
  tag: string,
  first: Client,
  log: Log,
): () => Promise<void> {
  let presence: Client | undefined
  let leaving: Promise<void> | undefined

  function keep(client: Client) {
    presence = client
    setKeepingAlive(client, false) // it must not keep a process alive that has nothing else to do
    client.once('end', () => {
      presence = undefined
      if (!leaving) comeBack().catch((error) => log(`${(error as Error).message} Restart Souk to bring it back.`))
    })
  }

  // While somebody is present nobody stops the server, so it has crashed, or was killed (as by a system short of
  // memory). Pools of the shop reconnect by themselves, if it comes back on the same port.
  async function comeBack() {
    await sleep(200)
    if (leaving) return
    log('The connection to PostgreSQL broke: bringing it back.')
    await withDataLock(directory, async () => {
      if (leaving) return
      const server = await runAndTell(cluster, log, port)
      if (server.port !== port) throw new Error(`PostgreSQL now runs on another port (${server.port}).`)
      keep(await enterServer(cluster.home, port, tag))
    })
  }

  async function leave() {
    await withDataLock(directory, async () => {
      if (!presence) return // the server crashed a moment ago: the next start recovers the data
      setKeepingAlive(presence, true)
      if (await leaveServer(presence, tag)) await stopPostmaster(cluster, 'fast')
      else log('PostgreSQL stays up: others still use it.')
    })
  }

  keep(first)
  return () => {
    leaving ??= leave().catch((error) => log(explainFailure('PostgreSQL was left running.', error).message))
    return leaving
  }
}

/** pg has these two, its types do not. */
function setKeepingAlive(client: Client, isKept: boolean) {
  const socket = client as Client & { ref(): void; unref(): void }
  if (isKept) socket.ref()
  else socket.unref()
}
