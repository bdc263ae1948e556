/** A line of the log as pino writes it. */
export type LogLine = { level: number; time: string; msg?: string; err?: LoggedError; [field: string]: unknown }
/** `syscall` is what the system was asked for, where it was the system that refused. */
type LoggedError = { type?: string; message?: string; stack?: string; syscall?: string }

const WARN = 40
const ERROR = 50

/**
 * The line for people: `14:02:07  migrated  files=13`, in local time; the stack of an error stands below. Where the system
 * refused (nobody listens, no such file) its words say it all: the stack is of Node's own.
 */
export function toText({ level, time, msg = '', err, ...fields }: LogLine): string {
  const clock = new Date(time).toTimeString().slice(0, 8)
  const weight = level >= ERROR ? 'ERROR  ' : level >= WARN ? 'WARNING  ' : ''
  const told = Object.entries(fields).map(([name, value]) => `${name}=${toWord(value)}`)
  const said = err?.syscall ? err.message : (err?.stack ?? err?.message)
  const stack = err ? `\n${said ?? ''}`.replaceAll('\n', '\n          ') : ''
  return `${clock}  ${weight}${[msg, ...told].filter(Boolean).join('  ')}${stack}\n`
}

const toWord = (value: unknown) => (typeof value === 'string' && /^\S+$/.test(value) ? value : JSON.stringify(value))
