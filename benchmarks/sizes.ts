/** The same deed in shops of several sizes: what one answer costs, one after the other, and how that grows. */

import { keepChanging } from './changes.queries.ts'
import { readSpent, spentBetween } from './cpu.ts'
import type { Deed, ReadKey } from './deeds.ts'
import type { Counted } from './load.ts'
import { median } from './measure.ts'
import type { Helper, SoukProcess } from './processes.ts'

export type Place = { products: number; url: string; souk: SoukProcess; deeds: Deed[] }
/** Milliseconds an answer; `cpu` of Souk and its backends, undefined where the system does not tell. */
type Cost = { cpu: number | undefined; time: number }
/** Medians of the rounds; `ratio` is the large one over the small one in the same round. */
export type Compared = { name: string; costs: Cost[]; ratio: Growth & { isMet: boolean }; ratioOfTime: Growth }
type Growth = { median: number; least: number; most: number }

/** A larger shop may cost so many times as much. */
const GROWTH_MAX = 1.5
const SECONDS = 2
/** Once, until what is common was counted a first time: of a million products each such word takes a second. */
const WARM_UP_SECONDS = 20

export async function compareSizes(
  places: Place[],
  key: ReadKey,
  { load, rounds }: { load: Helper; rounds: number },
): Promise<Compared> {
  const costs: Cost[][] = places.map(() => [])
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, place] of places.entries()) costs[at]!.push(await measure(place, key, load, round))
  }
  const [small, large] = [costs[0]!, costs.at(-1)!]
  const ratioOfTime = growthOf(large.map(({ time }, round) => time / small[round]!.time))
  const ofCpu = large.map(({ cpu }, round) => cpu! / small[round]!.cpu!)
  const ratio = ofCpu.some(Number.isNaN) ? ratioOfTime : growthOf(ofCpu)
  return {
    name: places[0]!.deeds.find((deed) => deed.key === key)!.name,
    costs: costs.map((each) => ({
      cpu: each.every(({ cpu }) => cpu !== undefined) ? median(each.map(({ cpu }) => cpu!)) : undefined,
      time: median(each.map(({ time }) => time)),
    })),
    ratio: { ...ratio, isMet: ratio.median <= GROWTH_MAX },
    ratioOfTime,
  }
}

async function measure(place: Place, key: ReadKey, load: Helper, round: number): Promise<Cost> {
  const { url, souk, deeds } = place
  const deed = deeds.find((each) => each.key === key)!
  const stop = deed.isAmongChanges ? await keepChanging(url) : async () => {}
  try {
    const ask = (seconds: number) =>
      load.ask<Counted>({
        ...{ url: souk.url, connections: 1, seconds, leadInSeconds: 0.1, isOnce: false },
        requests: deed.requests,
      })
    await ask(round > 0 ? 0.2 : deed.isAmongChanges ? WARM_UP_SECONDS : SECONDS)
    const before = await readSpent(url, souk.pid)
    const { answeredInAll, perSecond } = await ask(SECONDS)
    const spent = spentBetween(before, await readSpent(url, souk.pid))
    return { cpu: spent && spent / answeredInAll, time: 1000 / perSecond }
  } finally {
    await stop()
  }
}

function growthOf(ratios: number[]): Growth {
  return { median: median(ratios), least: Math.min(...ratios), most: Math.max(...ratios) }
}

export function writeComparison(sizes: number[], compared: Compared[]): string {
  const heads = ['', ...sizes.map((size) => `CPU at ${size.toLocaleString('en-US')}`), 'ratio', '(from–to)', 'aim', '']
  const all = [...heads, ...sizes.map((size) => `time at ${size.toLocaleString('en-US')}`), 'ratio', '(from–to)']
  const lines = compared.map(({ name, costs, ratio, ratioOfTime }) => [
    name,
    ...costs.map(({ cpu }) => ms(cpu)),
    ...growth(ratio),
    `≤ ${GROWTH_MAX}`,
    ratio.isMet ? 'met' : 'MISSED',
    ...costs.map(({ time }) => ms(time)),
    ...growth(ratioOfTime),
  ])
  const widths = all.map((head, column) => Math.max(head.length, ...lines.map((line) => line[column]!.length)))
  const write = (line: string[]) =>
    line.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join('  ')
  return [write(all), write(widths.map((width) => '─'.repeat(width))), ...lines.map(write)].join('\n')
}

const ms = (value: number | undefined) => (value === undefined ? '' : `${value.toFixed(2)} ms`)
const growth = ({ median: middle, least, most }: Growth) => [
  middle.toFixed(2),
  `${least.toFixed(2)}–${most.toFixed(2)}`,
]
