/**
 * Structured log lines on stdout, JSON for machines or text for people, and as JSON in files where they are named. A line
 * that is written on behalf of a request or a job carries its id, and who acts. Nothing secret is logged: no bodies, no
 * tokens, no passwords.
 */
import { join } from 'node:path'
import { multistream, pino } from 'pino'
import { currentCause } from '../scope.ts'
import { openLogFile } from './files.ts'
import { openLines } from './lines.ts'
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
export type LoggerName = 'http' | 'authentication' | 'catalogue' | 'worker' | 'database'
/** Where lines go beside stdout: all into `file`; into `app.log`, and errors into `errors.log` as well, of `directory`. */
export type LogPlaces = { file?: string; directory?: string }

/** A log that writes lines of this level and above (MP-202). What it names is appended to, and made where it is not there. */
export function openLog(level: LogLevel, style: LogStyle = 'json', { file, directory }: LogPlaces = {}): Log {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, mixin: causeOfLine }
  const gathers = style === 'json'
  const console =
    style === 'json'
      ? openLines(undefined, gathers)
      : { write: (line: string) => void process.stdout.write(toText(JSON.parse(line))) }
  if (!file && !directory) return pino(options, console)
  const all = [...(file ? [file] : []), ...(directory ? [join(directory, 'app.log')] : [])].map((path) =>
    openLogFile(path, gathers),
  )
  const errors = directory ? [openLogFile(join(directory, 'errors.log'), gathers)] : []
  const streams = [
    ...[console, ...all].map((stream) => ({ level: 'debug', stream }) as const),
    ...errors.map((stream) => ({ level: 'error', stream }) as const),
  ]
  return pino(options, multistream(streams))
}

/** What a line carries without being told: the id of the request, the job or the command, and the account that acts. */
function causeOfLine(): object {
  const cause = currentCause()
  if (!cause) return {}
  const { requestId: request, accountId: user } = cause
  return user === undefined ? { request } : { request, user }
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
