/** What a shop that is open to the world hardly means to be configured like (NX-155, MP-262): rules, nothing is asked. */
import type { Config } from '../config.ts'
import { warningsOf } from '../config.ts'

/** `wrong` must not stay so; a `warning` may be meant. */
export type Finding = { level: 'wrong' | 'warning'; says: string }

type Rule = Finding & { applies: (config: Config) => boolean }

const wrong = (says: string, applies: Rule['applies']): Rule => ({ level: 'wrong', says, applies })
const warning = (says: string, applies: Rule['applies']): Rule => ({ level: 'warning', says, applies })

const isHttps = ({ PUBLIC_URL }: Config) => PUBLIC_URL.startsWith('https:')

const rules: Rule[] = [
  wrong(
    'NODE_ENV is not production: limits are off, and what must be secret need not be',
    ({ production }) => !production,
  ),
  wrong('PUBLIC_URL does not begin with https: passwords and tokens travel in the open', (config) => !isHttps(config)),
  wrong('SECURE_COOKIES is never: cookies travel without TLS too', (config) => config.SECURE_COOKIES === 'never'),
  wrong('DATABASE_URL is the embedded database: it is for trying out, and nobody backs it up', ({ databaseUrl }) =>
    databaseUrl.startsWith('embedded:'),
  ),
  wrong(
    'WEBHOOK_ALLOW_PRIVATE is true: merchants can have Souk ask your own network',
    (config) => config.WEBHOOK_ALLOW_PRIVATE,
  ),
  wrong('MAIL_FROM is at localhost: mails from there are thrown away', ({ MAIL_FROM }) =>
    /@localhost>?\s*$/.test(MAIL_FROM),
  ),
  warning('ALLOWED_HOSTS is not set: any host name is answered', (config) => config.ALLOWED_HOSTS.length === 0),
  warning('TRUST_PROXY is not set: behind a proxy, all visitors have its address and share its limits', (config) =>
    /^(|false|no|0)$/i.test(config.TRUST_PROXY),
  ),
  warning(
    'HTTPS_REDIRECT is off: who comes without TLS is answered without',
    (config) => isHttps(config) && !config.HTTPS_REDIRECT,
  ),
  warning('HSTS_SECONDS is 0: browsers may come without TLS', (config) => isHttps(config) && config.HSTS_SECONDS === 0),
  warning('CORS_ALLOWED_ORIGINS is *: any page may call from a browser', (config) =>
    config.CORS_ALLOWED_ORIGINS.includes('*'),
  ),
  warning('THROTTLE_ANON or THROTTLE_USER is off: nobody who asks too much is slowed down', (config) =>
    [config.THROTTLE_ANON, config.THROTTLE_USER].includes('off'),
  ),
  warning(
    'REDIS_URL is not set: a second process would not share limits and live notices',
    ({ REDIS_URL }) => !REDIS_URL,
  ),
  warning('FILES_URL is not set: pictures lie on this machine alone', ({ FILES_URL }) => !FILES_URL),
  warning('LOG_LEVEL is debug', ({ LOG_LEVEL }) => LOG_LEVEL === 'debug'),
  warning('METRICS_TOKEN is not set: no monitoring can read /metrics', ({ METRICS_TOKEN }) => !METRICS_TOKEN),
  warning(
    'SENTRY_DSN and ERROR_REPORT_URL are not set: nobody is told of errors',
    (config) => !config.SENTRY_DSN && !config.ERROR_REPORT_URL,
  ),
  warning('DEMO_DATA is true: an empty database is filled with the sample shop', ({ demoData }) => demoData),
  warning('ADMIN_PASSWORD is still set: take it away once that administrator exists', (config) =>
    Boolean(config.ADMIN_PASSWORD),
  ),
]

/** All that is found, the worst first; what every start warns of is among it. */
export function reviewDeployment(config: Config): Finding[] {
  const found = rules.filter(({ applies }) => applies(config)).map(({ level, says }) => ({ level, says }))
  const warned = warningsOf(config).map((says) => ({ level: 'warning' as const, says }))
  return [...found, ...warned].toSorted((one, other) => other.level.localeCompare(one.level))
}
