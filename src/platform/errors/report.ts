import { hash, randomUUID } from 'node:crypto'
import { maskText } from '#platform/mask-text.ts'

/** What is told of an error. `repeats` is how often it came again since it was last told. */
export type ErrorReport = {
  id: string
  time: string
  /** The same for errors of one kind at one place in the code. */
  fingerprint: string
  type: string
  message: string
  stack: string
  /** Where it happened: request, route, user, job … */
  context: Record<string, string | number>
  release: string
  environment: string
  repeats: number
}

/** Who is told. It may take its time and may fail: that is logged. Told outside of any request and any transaction. */
export type ErrorSink = { name: string; send(report: ErrorReport): Promise<void> }

const TEXT_MAX = 2000
const STACK_MAX = 8000

/** What is told of an error, whatever was thrown. Its causes follow in the stack. */
export function toReport(
  error: unknown,
  context: Record<string, string | number>,
  { release, environment, now }: { release: string; environment: string; now: Date },
): ErrorReport {
  const { type, message, stack } = describe(error)
  return {
    id: randomUUID(),
    time: now.toISOString(),
    fingerprint: hash('sha256', `${type}\n${message.replaceAll(/\d+/g, '0')}\n${placeOf(stack)}`).slice(0, 32),
    ...{ type, message, stack, context, release, environment },
    repeats: 0,
  }
}

const CAUSES_MAX = 4

function describe(error: unknown): { type: string; message: string; stack: string } {
  if (!(error instanceof Error)) {
    const message = maskText(String(error)).slice(0, TEXT_MAX)
    return { type: typeof error, message, stack: '' }
  }
  const stacks: string[] = []
  for (let at: unknown = error; at instanceof Error && stacks.length < CAUSES_MAX; at = at.cause)
    stacks.push(at.stack ?? `${at.name}: ${at.message}`)
  return {
    type: error.name,
    message: maskText(error.message).slice(0, TEXT_MAX),
    stack: maskText(stacks.join('\ncaused by ')).slice(0, STACK_MAX),
  }
}

/** The line of the code where it was thrown. */
const placeOf = (stack: string): string => stack.split('\n').find((line) => /^\s+at /.test(line)) ?? ''
