import { assertNoTransaction } from '#platform/database'
import type { Log } from '#platform/log'
import { keepInOutbox } from '#platform/outbox.ts'

export type TextMessage = { id: number; to: string; body: string }
/** Hands a message to the outside world; throws when it is not taken. */
export type Texter = { send(message: TextMessage): Promise<void>; close(): void }

const ANSWER_WITHIN_MS = 10_000

/** With the address of a gateway messages are posted there; without one each becomes a file in the outbox folder. */
export function openTexter(options: { webhookUrl?: string; outbox: string; log: Log }): Texter {
  const { webhookUrl, outbox, log } = options
  const closed = new AbortController()
  return {
    send: async (message) => {
      assertNoTransaction()
      await (webhookUrl ? post(webhookUrl, message, closed.signal) : keep(outbox, message, log))
    },
    close: () => closed.abort(new Error('closed')),
  }
}

/** Any answer of the 200s means that the gateway has the message. The phone is told exactly as it is stored (V1-022). */
async function post(url: string, { to, body }: TextMessage, closed: AbortSignal): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ to, body }),
    // Who redirects has not taken it, and a message is not shown to somebody else.
    redirect: 'manual',
    signal: AbortSignal.any([closed, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
  }).catch((error: Error) => {
    throw new Error(`the SMS gateway did not answer: ${reasonOf(error)}`, { cause: error })
  })
  await response.body?.cancel()
  if (!response.ok) throw new Error(`the SMS gateway answered ${response.status}`)
}

/** What the network said stands one deeper. */
function reasonOf(error: Error): string {
  const cause = error.cause as { code?: string; message?: string } | undefined
  return cause?.code ?? cause?.message ?? error.message
}

/** The file alone holds the body: it may be a code, which no log should know. */
async function keep(outbox: string, { id, to, body }: TextMessage, log: Log): Promise<void> {
  const file = await keepInOutbox(outbox, { id, to, ending: '.sms.txt' }, `To: ${to}\n\n${body}\n`)
  log.info({ to, file }, 'SMS kept in the outbox: no SMS_WEBHOOK_URL is set')
}
