/** How large a run is. `npm run bench -- --quick` is the small one. */
import { parseArgs } from 'node:util'

export type Options = {
  products: number
  buyers: number
  rounds: number
  /** Of one measurement, and of the warm-up before the first. */
  seconds: number
  warmUpSeconds: number
  /** Of a measurement of bare node:http, which hardly varies; where an aim is held to it, it runs as long as Souk. */
  bareSeconds: number
  /** Exit with 1 where an aim is missed. */
  isStrict: boolean
  /** Keep a CPU profile of Souk in var/benchmarks/. */
  isProfiled: boolean
  isQuick: boolean
  /** Rows to measure; all where it is empty. */
  deeds: string[]
}

export function readOptions(args: string[], environment: NodeJS.ProcessEnv): Options {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      strict: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
      deeds: { type: 'string', default: '' },
    },
  })
  const { quick } = values
  const size = quick
    ? { products: 2000, buyers: 2000, rounds: 2, seconds: 1, warmUpSeconds: 0.5, bareSeconds: 0.3 }
    : { products: 10_000, buyers: 8000, rounds: 3, seconds: 3, warmUpSeconds: 6, bareSeconds: 0.8 }
  return {
    ...size,
    products: Number(environment.BENCH_PRODUCTS ?? size.products),
    isStrict: values.strict,
    isProfiled: values.profile,
    isQuick: quick,
    deeds: values.deeds.split(',').filter(Boolean),
  }
}
