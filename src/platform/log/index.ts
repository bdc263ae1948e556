/**
 * Structured log lines on stdout, JSON for machines or text for people, and as JSON in a file where one is named. Nothing
 * secret is logged: no bodies, no tokens, no passwords.
 */
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { multistream, pino } from 'pino'
import { toText } from './text.ts'

export type Log = {
  debug(fields: object, message?: string): void
  info(fields: object, message?: string): void
  warn(fields: object, message?: string): void
  error(fields: object, message?: string): void
}
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'
export type LogStyle = 'json' | 'text'
/** Which part of the house a line comes from (NX-154); the application where it does not say. */
export type LoggerName = 'http' | 'authentication' | 'catalogue' | 'worker'

/** A log that writes lines of this level and above. `file` is appended to, and made where it is not there; it is for others to rotate. */
export function openLog(level: LogLevel, style: LogStyle = 'json', file?: string): Log {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime }
  const console =
    style === 'json'
      ? pino.destination({ sync: true })
      : { write: (line: string) => void process.stdout.write(toText(JSON.parse(line))) }
  if (!file) return pino(options, console)
  mkdirSync(dirname(file), { recursive: true })
  const streams = [console, pino.destination({ dest: file, sync: true })].map(
    (stream) => ({ level: 'debug', stream }) as const,
  )
  return pino(options, multistream(streams))
}

/** The same log, whose lines say where they come from. */
export function loggerOf(log: Log, logger: LoggerName): Log {
  return {
    debug: (fields, message) => log.debug({ logger, ...fields }, message),
    info: (fields, message) => log.info({ logger, ...fields }, message),
    warn: (fields, message) => log.warn({ logger, ...fields }, message),
    error: (fields, message) => log.error({ logger, ...fields }, message),
  }
}
