/** Reports for Sentry and what understands the same: https://develop.sentry.dev/sdk/envelopes/. */
import { post } from './post.ts'
import type { ErrorReport, ErrorSink } from './report.ts'

/** `dsn` is https://KEY@HOST/PROJECT, with a path before the project where there is one. */
export function sentrySink(dsn: string): ErrorSink {
  const { protocol, host, username, pathname } = new URL(dsn)
  const at = pathname.lastIndexOf('/')
  const url = `${protocol}//${host}${pathname.slice(0, at)}/api${pathname.slice(at)}/envelope/`
  const auth = `Sentry sentry_version=7, sentry_client=souk/1.0, sentry_key=${username}`
  return {
    name: 'sentry',
    send: (report) =>
      post(url, { 'Content-Type': 'application/x-sentry-envelope', 'X-Sentry-Auth': auth }, toEnvelope(report)),
  }
}

function toEnvelope(report: ErrorReport): string {
  const event_id = report.id.replaceAll('-', '')
  const { user, request, route, ...extra } = report.context
  const event = {
    event_id,
    timestamp: report.time,
    platform: 'node',
    level: 'error',
    release: report.release,
    environment: report.environment,
    fingerprint: [report.fingerprint],
    ...(user === undefined ? {} : { user: { id: String(user) } }),
    ...(route === undefined ? {} : { transaction: String(route) }),
    tags: request === undefined ? {} : { request_id: String(request) },
    extra: { ...extra, repeats: report.repeats },
    exception: {
      values: [{ type: report.type, value: report.message, stacktrace: { frames: toFrames(report.stack) } }],
    },
  }
  return [{ event_id, sent_at: report.time }, { type: 'event' }, event].map((part) => JSON.stringify(part)).join('\n')
}

/** Sentry wants the oldest call first. */
function toFrames(stack: string) {
  const ofError = stack.split('\ncaused by ')[0]!
  return ofError
    .split('\n')
    .map((line) => /^\s+at (?:(.+?) \()?(.+?):(\d+):(\d+)\)?$/.exec(line))
    .filter((found) => found !== null)
    .map(([, name, filename, lineno, colno]) => ({
      function: name ?? '?',
      filename,
      lineno: Number(lineno),
      colno: Number(colno),
      in_app: !/node_modules|^node:/.test(filename!),
    }))
    .reverse()
}
