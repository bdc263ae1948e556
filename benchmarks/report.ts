/** The run as a table to read. */
import { availableParallelism, cpus } from 'node:os'
import type { Surroundings } from './buyers.queries.ts'
import type { Measured } from './measure.ts'

export function isMet({ aim, limits }: Measured): boolean | undefined {
  const limit = aim && limits.find(({ name }) => name.startsWith(aim.of))
  return aim && limit && limit.ratio >= aim.share
}

export function describeRun(
  database: Surroundings,
  shop: { products: number; variants: number; buyers: number },
  { connections, poolSize, rounds }: { connections: number; poolSize: number; rounds: number },
): string {
  const { version, fsync, synchronousCommit, commitMs } = database
  return [
    `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? 'processor'}, Node ${process.versions.node}, PostgreSQL ${version}`,
    `  (fsync ${fsync}, synchronous_commit ${synchronousCommit}; one small commit takes ${commitMs.toFixed(1)} ms)`,
    `${count(shop.products)} products, ${count(shop.variants)} variants, ${count(shop.buyers)} buyers`,
    `one Souk process, ${poolSize} database connections everywhere, ${connections} HTTP connections; medians of ${rounds} rounds in turn`,
  ].join('\n')
}

const HEADS = ['', 'req/s', 'p50', 'p99', 'CPU each', 'limit', 'limit/s', 'ratio', '(from–to)', 'by CPU', 'aim', '']
const isText = (column: number) => [0, 5, 10, 11].includes(column)

export function writeTable(rows: Measured[]): string {
  const cells = rows.flatMap(toCells)
  const widths = HEADS.map((head, column) => Math.max(head.length, ...cells.map((line) => line[column]!.length)))
  const write = (line: string[]) =>
    line
      .map((cell, column) => (isText(column) ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join('  ')
      .trimEnd()
  return [write(HEADS), write(widths.map((width) => '─'.repeat(width))), ...cells.map(write)].join('\n')
}

/** A line for each limit; Souk's own figures stand in the first. */
function toCells(measured: Measured): string[][] {
  const { name, souk, limits, aim } = measured
  const own = [name, count(souk.perSecond), ms(souk.p50Ms), ms(souk.p99Ms), ms(souk.cpuMsEach, 2)]
  return limits.map((limit, line) => {
    const isAim = aim !== undefined && limit.name.startsWith(aim.of)
    const verdict = isAim ? [`≥ ${percent(aim.share)}`, isMet(measured) ? 'met' : 'MISSED'] : ['', '']
    const spread = `${percent(limit.spread[0])}–${percent(limit.spread[1])}`
    const figures = [
      limit.name,
      count(limit.perSecond),
      percent(limit.ratio),
      spread,
      limit.ratioByCpu ? percent(limit.ratioByCpu) : '',
    ]
    return [...(line === 0 ? own : own.map(() => '')), ...figures, ...verdict]
  })
}

const count = (value: number) => Math.round(value).toLocaleString('en-US')
const percent = (share: number) => `${Math.round(share * 100)} %`
const ms = (value: number | undefined, digits = 0) => (value === undefined ? '' : `${value.toFixed(digits)} ms`)
