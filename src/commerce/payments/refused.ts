import { Refusal } from '#platform/refusal.ts'

const REASON_MAX = 300

/** What a provider will not do, with its reason: for the log, not for the buyer. `issue` is its own word for it. */
export function gatewayRefused(provider: string, reason: unknown, issue = ''): Refusal {
  const text = tidy(reason) || tidy(issue) || 'no reason given'
  return new Refusal('conflict', 'gateway_refused', `${provider}: ${text}`, { reason: text, issue: tidy(issue) })
}

/** Whether the provider said no, rather than nothing. */
export const isGatewayRefusal = (error: unknown): error is Refusal =>
  error instanceof Refusal && error.code === 'gateway_refused'

/** Without what could not be written into a log line, cut where it is too long. */
const tidy = (value: unknown): string =>
  typeof value === 'string'
    ? value
        .replaceAll(/[\p{Cc}\p{Cs}]/gu, ' ')
        .trim()
        .slice(0, REASON_MAX)
    : ''
