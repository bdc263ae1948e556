/**
 * Structured log lines on stdout: JSON for machines, or text for people. Nothing secret is logged: no bodies, no tokens,
 * no passwords.
 */
import { pino } from 'pino'
import { toText } from './text.ts'

export type Log = {
  debug(fields: object, message?: string): void
  info(fields: object, message?: string): void
  warn(fields: object, message?: string): void
  error(fields: object, message?: string): void
}
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'
export type LogStyle = 'json' | 'text'

/** A log that writes lines of this level and above. */
export function openLog(level: LogLevel, style: LogStyle = 'json'): Log {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime }
  if (style === 'json') return pino(options, pino.destination({ sync: true }))
  return pino(options, { write: (line: string) => void process.stdout.write(toText(JSON.parse(line))) })
}
