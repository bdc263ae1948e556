import { post } from './post.ts'
import type { ErrorSink } from './report.ts'

/** Sends each report as it is, as JSON. */
export function webhookSink(url: string): ErrorSink {
  return {
    name: 'webhook',
    send: (report) => post(url, { 'Content-Type': 'application/json' }, JSON.stringify(report)),
  }
}
