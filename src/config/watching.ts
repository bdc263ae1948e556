/** The variables by which a shop is watched: logs, metrics, reports of errors. */
import type { LogLevel } from '#platform/log'
import { choice, number, shaped, text, webAddress } from './kinds.ts'

const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const satisfies LogLevel[]

export const watching = {
  LOG_LEVEL: choice(LOG_LEVELS, 'info', 'How much is logged'),
  LOG_REQUESTS: shaped(
    '',
    'Which requests are logged: all, or slow: those of more than a second or more statements than they should have. Default: all in production, slow otherwise',
    /^(all|slow)$/,
    'must be all or slow',
  ),
  LOG_DIRECTORY: text('', 'A folder for app.log and errors.log, as JSON, beside stdout; for others to rotate'),
  LOG_FILE: text('', 'A file that log lines go to as well, as JSON; for others to rotate'),
  SLOW_QUERY_MS: number(200, 'SQL statements that take longer are logged, without their values; 0 for none'),
  METRICS_TOKEN: shaped(
    '',
    'The bearer token that reads /metrics. Without it a token of staff does',
    /^[\w.~+/=-]{16,}$/,
    'must have at least 16 characters, of letters, digits and -._~+/=',
  ),
  ERROR_REPORT_URL: webAddress('', 'Unexpected errors are sent there as JSON, POST. Without it they are only logged'),
  SENTRY_DSN: shaped(
    '',
    'Unexpected errors are sent to Sentry, or what understands its envelopes: https://KEY@HOST/PROJECT',
    /^https?:\/\/[^\s/:@]+(:[^\s/@]+)?@[^\s/@]+(\/[^\s?#]*)?\/\d+$/,
    'must look like https://KEY@HOST/PROJECT',
  ),
}
