import { createTransport, type SendMailOptions } from 'nodemailer'
import { assertNoTransaction } from '#platform/database'
import type { Log } from '#platform/log'
import { keepInOutbox } from '#platform/outbox.ts'

export type Attachment = { filename: string; contentType: string; base64: string }
export type Envelope = {
  id: number
  to: string
  subject: string
  text: string
  html: string
  attachments: Attachment[]
}
/** Who a "From" line names: `Souk <shop@example.com>` is Souk, at shop@example.com. The name may be missing. */
export function readSender(from: string): { name: string; address: string } {
  const [, name = '', address = from] = /^\s*"?([^"<]*?)"?\s*<([^>]+)>\s*$/.exec(from) ?? []
  return { name: name.trim(), address: address.trim() }
}

/** Hands a letter to the outside world; throws when it is not taken. */
export type Mailer = {
  send(envelope: Envelope): Promise<void>
  /** Whether the server lets us in; throws why not. */
  verify(): Promise<void>
  close(): void
}

/** With an SMTP URL letters go to that server; without one each becomes a file in the outbox folder. */
export function openMailer(options: {
  smtpUrl?: string
  from: string
  outbox: string
  host: string
  log: Log
}): Mailer {
  const mailer = options.smtpUrl ? smtpMailer(options.smtpUrl) : outboxMailer(options.outbox, options.log)
  return {
    send: (envelope) => {
      assertNoTransaction()
      return mailer.send(envelope, toMessage(envelope, options.from, options.host))
    },
    verify: mailer.verify,
    close: mailer.close,
  }
}

type Transport = Omit<Mailer, 'send'> & { send(envelope: Envelope, message: SendMailOptions): Promise<void> }

function smtpMailer(url: string): Transport {
  const transport = createTransport({
    url,
    pool: true,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
  } as Parameters<typeof createTransport>[0])
  return {
    send: async ({ text, html }, message) => {
      await transport.sendMail({ ...message, text: toPart('plain', text), html: toPart('html', html) })
    },
    verify: async () => void (await transport.verify()),
    close: () => transport.close(),
  }
}

function outboxMailer(folder: string, log: Log): Transport {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' })
  return {
    send: async (envelope, message) => {
      const parts = { text: unencoded('plain', envelope.text, '8bit'), html: unencoded('html', envelope.html, '8bit') }
      const { message: bytes } = await transport.sendMail({ ...message, ...parts })
      const file = await keepInOutbox(folder, { ...envelope, ending: '.eml' }, bytes as Buffer)
      log.info({ to: envelope.to, subject: envelope.subject, file }, 'mail kept in the outbox: no SMTP_URL is set')
    },
    verify: async () => {},
    close: () => {},
  }
}

/**
 * Encoded for the wire, a long line may be broken in the middle of a link. Text of ASCII travels as it is, so that a
 * link stays whole for whoever reads the source; the rest is left to the library.
 */
function toPart(subtype: 'plain' | 'html', text: string): SendMailOptions['text'] {
  const fits = !/[^\t\r\n\x20-\x7e]/.test(text) && !LINE_TOO_LONG.test(text)
  return fits ? unencoded(subtype, text, '7bit') : text
}

/** SMTP carries lines of 998 bytes. */
const LINE_TOO_LONG = /.{999}/

/** A part with its own head, for the library to take as it is. A file is 8bit: people read it, not mail servers. */
function unencoded(subtype: 'plain' | 'html', text: string, encoding: '7bit' | '8bit'): { raw: string } {
  const head = `Content-Type: text/${subtype}; charset=utf-8\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n`
  return { raw: head + text.replaceAll(/\r?\n/g, '\r\n') }
}

function toMessage({ id, to, subject, attachments }: Envelope, from: string, host: string): SendMailOptions {
  return {
    from,
    to: { name: '', address: to },
    subject,
    // The same letter keeps its Message-ID when it is sent again: the reader's mail program shows it once.
    messageId: `<letter-${id}@${host}>`,
    attachments: attachments.map(({ filename, contentType, base64 }) => ({
      filename,
      contentType,
      content: base64,
      encoding: 'base64',
    })),
  }
}
