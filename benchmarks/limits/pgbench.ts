/** A limit: pgbench, the load generator that PostgreSQL brings, running the statements of a deed and nothing else. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Children, watchOutput } from '../processes.ts'
import type { Script, Step, Value } from './script.ts'

export const hasPgbench = (): boolean => spawnSync('pgbench', ['--version']).status === 0

/** So many transactions over so many connections, a multiple of them; each buyer once. */
export type Run = { url: string; clients: number; transactions: number }

/** Returns transactions a second. Throws what pgbench says when a statement fails. */
export async function runPgbench(children: Children, script: Script, run: Run): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'souk-pgbench-'))
  try {
    const { sql, constants } = writePgbench(script)
    const file = join(folder, 'deed.sql')
    writeFileSync(file, sql)
    const child = children.add(
      spawn('pgbench', [
        ...['--no-vacuum', '--protocol=prepared', `--file=${file}`],
        ...[`--client=${run.clients}`, '--jobs=1', `--transactions=${run.transactions / run.clients}`],
        ...Object.entries({ ...constants, clients: run.clients, turn: 0 }).map(([name, value]) => `-D${name}=${value}`),
        run.url,
      ]),
    )
    const { code, output } = await watchOutput(child)
    const rate = /tps = ([\d.]+)/.exec(output)?.[1]
    if (code !== 0 || !rate || /failed transactions: [1-9]/.test(output)) throw new Error(`pgbench failed: ${output}`)
    return Number(rate)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * The script in pgbench's words. Constants are given to it as variables, so that they travel as parameters just as
 * Souk sends them; one that is not given is null. Each connection counts its turns, so every buyer comes once.
 */
function writePgbench({ steps, variables }: Script): { sql: string; constants: Record<string, string> } {
  const constants: Record<string, string> = {}
  const nameOf = (value: Value): string => {
    if ('variable' in value) return `:${value.variable}`
    if ('elements' in value)
      return `array[${value.elements.map((e) => (typeof e === 'number' ? e : `:${e.variable}`))}]`
    if (value.constant === null || value.constant === undefined) return ':nothing'
    if (value.constant === '') return "''"
    const name = `constant_${Object.keys(constants).length}`
    constants[name] = toText(value.constant)
    return `:${name}`
  }
  const lines = [
    '\\set buyer :turn * :clients + :client_id',
    '\\set turn :turn + 1',
    ...Object.entries(variables).map(([name, { expression }]) => `\\set ${name} ${expression}`),
    ...steps.map((step) => writeStep(step, nameOf)),
  ]
  return { sql: `${lines.join('\n')}\n`, constants }
}

function writeStep({ text, values }: Step, nameOf: (value: Value) => string): string {
  const names = values.map(nameOf)
  return `${text.replaceAll(/\$(\d+)/g, (_, number) => names[Number(number) - 1]!)};`
}

/** As the driver sends values: text. */
function toText(value: unknown): string {
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return `{${value.map((each) => (typeof each === 'number' ? each : JSON.stringify(each)))}}`
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
