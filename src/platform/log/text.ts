/** A line of the log as pino writes it. */
export type LogLine = { level: number; time: string; msg?: string; err?: LoggedError; [field: string]: unknown }
type LoggedError = { type?: string; message?: string; stack?: string }

const WARN = 40
const ERROR = 50

/** The line for people: `14:02:07  migrated  files=13`, in local time; the stack of an error stands below. */
export function toText({ level, time, msg = '', err, ...fields }: LogLine): string {
  const clock = new Date(time).toTimeString().slice(0, 8)
  const weight = level >= ERROR ? 'ERROR  ' : level >= WARN ? 'WARNING  ' : ''
  const told = Object.entries(fields).map(([name, value]) => `${name}=${toWord(value)}`)
  const stack = err ? `\n${err.stack ?? err.message ?? ''}`.replaceAll('\n', '\n          ') : ''
  return `${clock}  ${weight}${[msg, ...told].filter(Boolean).join('  ')}${stack}\n`
}

const toWord = (value: unknown) => (typeof value === 'string' && /^\S+$/.test(value) ? value : JSON.stringify(value))
