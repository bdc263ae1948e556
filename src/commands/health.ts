import { get } from 'node:http'
import { parseArgs } from 'node:util'
import type { Config } from '../config.ts'

const ANSWERS_WITHIN_MS = 5000

/**
 * Asks the shop that serves on this machine whether it is up, by a host name that it answers, and ends with 1 where it is not: for whoever
 * watches a container (MP-261).
 */
export async function health(config: Config, args: string[]): Promise<void> {
  parseArgs({ args })
  const isUp = await answersWell(config)
  console.log(isUp ? 'Up.' : 'Not up.')
  if (!isUp) process.exitCode = 1
}

function answersWell({ HOST, PORT, ALLOWED_HOSTS }: Config): Promise<boolean> {
  const own = ['0.0.0.0', '::'].includes(HOST) ? '127.0.0.1' : HOST
  const named = ALLOWED_HOSTS.find((name) => name !== '*')?.replace(/^\./, '')
  const asked = { host: own, port: PORT, path: '/api/health/', headers: { host: named ?? own } }
  return new Promise((resolve) => {
    get({ ...asked, timeout: ANSWERS_WITHIN_MS, agent: false }, (answer) => {
      answer.resume()
      resolve(answer.statusCode === 200)
    })
      .on('timeout', () => resolve(false))
      .on('error', () => resolve(false))
  })
}
