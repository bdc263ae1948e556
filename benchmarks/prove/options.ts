import { parseArgs } from 'node:util'

export type ProveOptions = {
  seeds: number
  connections: number
  /** One seed alone, to see again what happened. */
  seed: number | undefined
  /** Names of races; all where there are none. */
  only: string[]
  /** With kill -9 at a random moment, without, or both. */
  kills: boolean[]
  /** The server to make databases on; without, one of its own. */
  database: string | undefined
}

export function readProveOptions(args: string[], environment: NodeJS.ProcessEnv): ProveOptions {
  const { values } = parseArgs({
    args,
    options: {
      seeds: { type: 'string', default: '50' },
      connections: { type: 'string', default: '64' },
      seed: { type: 'string' },
      only: { type: 'string', default: '' },
      'with-kills': { type: 'boolean', default: false },
      'without-kills': { type: 'boolean', default: false },
      database: { type: 'string' },
    },
  })
  const { 'with-kills': withKills, 'without-kills': withoutKills } = values
  return {
    seeds: numberOf('seeds', values.seeds),
    connections: numberOf('connections', values.connections),
    seed: values.seed === undefined ? undefined : numberOf('seed', values.seed),
    only: values.only.split(',').filter(Boolean),
    kills: withKills === withoutKills ? [false, true] : [withKills],
    database: values.database ?? environment.BENCH_DATABASE_URL,
  }
}

function numberOf(name: string, text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new Error(`--${name} is a whole number from 1 on, not ${text}`)
  return Number(text)
}
