/** Structured log lines, JSON on stdout. Nothing secret is logged: no bodies, no tokens, no passwords. */
import { pino } from 'pino'

export type Log = {
  debug(fields: object, message?: string): void
  info(fields: object, message?: string): void
  warn(fields: object, message?: string): void
  error(fields: object, message?: string): void
}
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

/** A log that writes lines of this level and above. */
export function openLog(level: LogLevel): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ sync: true }))
}
