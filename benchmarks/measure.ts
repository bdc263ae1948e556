/** Measuring in turn: Souk, its limits, Souk again …, so that a machine that slows down slows all of them. */
import type { Aim } from './deeds.ts'

/** Something whose speed is measured. */
export type Contender = {
  name: string
  /** `round` counts from 0. */
  run(round: number): Promise<Result>
}
export type Result = { perSecond: number; p50Ms?: number; p99Ms?: number; cpuMsEach?: number; cpuMsAll?: number }
export type Row = { name: string; aim: Aim | undefined; souk: Contender; limits: Contender[]; prepare(): Promise<void> }

/** Medians over the rounds. */
export type Measured = { name: string; aim: Aim | undefined; souk: Result; limits: MeasuredLimit[] }
/** `ratio` is the median of Souk's rate over this limit's in the same round; `spread` the lowest and the highest. */
export type MeasuredLimit = {
  name: string
  perSecond: number
  ratio: number
  spread: [number, number]
  /** The same of what each answer costs on processors, the database with it. */
  ratioByCpu: number | undefined
}

export async function measureInTurn(row: Row, rounds: number): Promise<Measured> {
  const contenders = [row.souk, ...row.limits]
  const results: Result[][] = contenders.map(() => [])
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, contender] of contenders.entries()) {
      await row.prepare()
      results[index]!.push(await contender.run(round))
    }
  }
  const [ofSouk, ...ofLimits] = results as [Result[], ...Result[][]]
  const limits = ofLimits.map((ofLimit, index) => {
    const ratios = ofLimit.map(({ perSecond }, round) => ofSouk[round]!.perSecond / perSecond)
    const spread: [number, number] = [Math.min(...ratios), Math.max(...ratios)]
    const byCpu = ofLimit.map(({ cpuMsAll }, round) => cpuMsAll! / ofSouk[round]!.cpuMsAll!)
    return {
      name: row.limits[index]!.name,
      perSecond: medianOf(ofLimit, 'perSecond'),
      ratio: median(ratios),
      spread,
      ratioByCpu: byCpu.some(Number.isNaN) ? undefined : median(byCpu),
    }
  })
  const souk: Result = { perSecond: medianOf(ofSouk, 'perSecond') }
  for (const figure of ['p50Ms', 'p99Ms', 'cpuMsEach'] as const) {
    if (ofSouk.every((result) => result[figure] !== undefined)) souk[figure] = medianOf(ofSouk, figure)
  }
  return { name: row.name, aim: row.aim, souk, limits }
}

const medianOf = (results: Result[], figure: keyof Result) => median(results.map((result) => result[figure]!))

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2
}
