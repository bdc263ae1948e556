/**
 * Every environment variable: type, default, meaning. Read once, at start. `docs/configuration.md` and
 * `.env.example` are written from this table.
 */
import { join, resolve } from 'node:path'
import { LANGUAGES } from '#platform/language.ts'
import { keptSecret } from './config/kept-secret.ts'
import {
  choice,
  flag,
  isYes,
  list,
  number,
  optional,
  path,
  port,
  rate,
  shaped,
  text,
  type Variable,
  webAddress,
  YES_OR_NO,
} from './config/kinds.ts'
import { halfKeys, paymentWarnings } from './config/payment-modes.ts'
import { refuseUnsafe } from './config/refuse-unsafe.ts'
import { watching } from './config/watching.ts'

type Environment = Record<string, string | undefined>

const MODES = ['development', 'production', 'testing'] as const

export const variables = {
  NODE_ENV: choice(MODES, 'development', 'The environment; production turns on the checks at start-up'),
  HOST: text('127.0.0.1', 'Address to listen on'),
  PORT: port(8000, 'Port to listen on'),
  DATABASE_URL: shaped(
    '',
    'postgres://…, version 15 or newer; embedded://PATH puts the embedded data elsewhere; embedded://memory is thrown away at the end. Default: embedded PostgreSQL in var/postgres',
    /^(postgres(ql)?|embedded):\/\/./,
    'must begin with postgres:// or embedded://',
  ),
  DATABASE_POOL_SIZE: number(10, 'Connections to the database', 2),
  REDIS_URL: optional(
    'redis://…, shared limits and news of changes between nodes; needed from the second node on',
    'redis',
  ),
  SECRET_KEY: text(
    '',
    'Signs tokens; at least 32 characters. Required in production; in development it is made and kept in var/',
  ),
  PUBLIC_URL: webAddress('', 'Where this server is reached. Default: http://127.0.0.1:PORT'),
  FRONTEND_URL: webAddress('http://localhost:3000', 'The shop front: links in mails lead there'),
  DATA_DIRECTORY: text(
    'var',
    'Where Souk keeps files: pictures, the outbox, the development key, the embedded database',
  ),
  FILES_URL: shaped(
    '',
    'Where pictures are kept, if not in DATA_DIRECTORY: s3://KEY:SECRET@HOST/BUCKET?region=us-east-1, a bucket of S3 or of a storage like it; &tls=false without TLS. Needed from the second node on',
    /^s3:\/\/(?:[^\s/:@?#%]|%[\da-f]{2})+:(?:[^\s/:@?#%]|%[\da-f]{2})+@[^\s/:@?#]+(:\d{1,5})?\/[^\s/?#]+\/?(\?[^\s#]*)?$/i,
    'must look like s3://KEY:SECRET@HOST/BUCKET, with %2F for a / in the key or the secret',
  ),
  SEARCH_URL: shaped(
    '',
    'OpenSearch, or Elasticsearch 7 or 8, as the search engine: https://USER:PASSWORD@HOST:9200/INDEX-PREFIX. Default: the database searches',
    /^https?:\/\/((?:[^\s/:@?#%]|%[\da-f]{2})+:(?:[^\s/:@?#%]|%[\da-f]{2})+@)?[^\s/:@?#]+(:\d{1,5})?\/[a-z\d][a-z\d_-]*\/?$/i,
    'must look like https://USER:PASSWORD@HOST:9200/INDEX-PREFIX, with %2F for a / in the password, and a prefix in lower case',
  ),
  SEARCH_TIMEOUT_MS: number(1000, 'The search engine has so long to answer a shopper; then the database does', 50),
  SMTP_URL: optional('smtp://user:password@host:port. Without it mails are kept in var/outbox/', 'smtp'),
  MAIL_FROM: text('Souk <shop@localhost>', 'Sender of mails'),
  SMS_WEBHOOK_URL: webAddress(
    '',
    'A gateway that gets POST {"to","body"} for each SMS. Without it they are kept in var/outbox/ and logged',
  ),
  GEOLOCATION: shaped(
    'bundled',
    'Where the place of an address is looked up: bundled (countries), none, the path of an .mmdb file, or https://…/{ip} which answers JSON with country, region and city',
    /^(bundled|none|.+\.mmdb|https?:\/\/.+\{ip\}.*)$/,
    'must be bundled, none, a path that ends in .mmdb, or an address with {ip} in it',
  ),
  GOOGLE_CLIENT_ID: optional('Sign-in with Google: the client id. Without it Google sign-in is not offered'),
  GOOGLE_CLIENT_SECRET: optional('The secret that belongs to it'),
  GOOGLE_ISSUER: webAddress('https://accounts.google.com', 'Who signs the id tokens; another one for tests'),
  SELLER_NAME: text('', 'Who sells, as it stands on invoices. Default: the name of MAIL_FROM'),
  SELLER_ADDRESS: list('', 'The address of the seller on invoices, its lines separated by commas'),
  SELLER_TAX_NUMBER: text('', 'The tax number of the seller on invoices: GSTIN, VAT number'),
  SELLER_STATE: text(
    '',
    'The state of India that the seller is in; with it invoices in rupees split the tax into CGST, SGST and IGST',
  ),
  SHOP_LANGUAGE: choice(LANGUAGES, 'en', 'Who chose no language is written to in this one'),
  SUPPORT_EMAIL: text('', 'Whom customers may ask. Default: the address of MAIL_FROM'),
  FRONTEND_VERIFY_PATH: path(
    '/verify-email',
    'Page of the shop front that the verification mails of the storefront lead to',
  ),
  FRONTEND_RESET_PATH: path('/reset-password', 'Page of the shop front that its mails for a new password lead to'),
  FRONTEND_CART_PATH: path('/cart', 'Page of the shop front that reminders of a cart lead to'),
  FRONTEND_PRODUCT_PATH: path('/products', 'Page of the shop front under which a product is found by its slug'),
  CART_ABANDONMENT_MINUTES: number(
    60,
    'A cart that nobody touched for so long is left: who wants news of the shop is reminded of it, once; 0 for nobody',
  ),
  WEBHOOK_ALLOW_PRIVATE: flag(
    false,
    'Webhooks may go to loopback and private networks, and without TLS: for development alone',
  ),
  TRACK_REQUESTS: flag(true, 'Each request is noted for the statistics: who, what, how long, with which answer'),
  ANALYTICS_RETENTION_DAYS: number(
    400,
    'Tracked requests, page views and what visitors did are kept so long; what was added up of them stays; 0 keeps all',
  ),
  ERROR_LOG_RETENTION_DAYS: number(90, 'Errors that were noted are kept so long; 0 keeps all'),
  RATE_LIMIT_RETENTION_DAYS: number(30, 'Attempts that limits have counted are kept so long; 0 keeps all'),
  ADMIN_EMAIL: optional('E-mail of a superuser made at start when there is none'),
  ADMIN_USERNAME: optional('Username of that superuser'),
  ADMIN_PASSWORD: optional('Password of that superuser'),
  ADMIN_PHONE: optional('Phone of that superuser'),
  DEMO_DATA: shaped(
    '',
    'Load the sample shop into an empty database: true or false. Default: true in development',
    YES_OR_NO,
    'must be true or false',
  ),
  TRUST_PROXY: shaped(
    '',
    'Proxies before this server: true for one, or their number; the client address is then taken from X-Forwarded-For',
    /^(true|yes|false|no|\d+)$/i,
    'must be true, false or a number',
  ),
  HTTPS_REDIRECT: flag(
    false,
    'Whoever came to the trusted proxy without TLS (X-Forwarded-Proto: http) is sent to PUBLIC_URL',
  ),
  HSTS_SECONDS: number(
    31_536_000,
    'Browsers come by TLS alone for so long, where PUBLIC_URL begins with https:; 0: they are not told',
    0,
  ),
  SECURE_COOKIES: choice(
    ['auto', 'always', 'never'],
    'auto',
    'Cookies for TLS alone; auto: where PUBLIC_URL begins with https:',
  ),
  CORS_ALLOWED_ORIGINS: list(
    '',
    'Origins that may call from a browser, separated by commas; * for all. Default: FRONTEND_URL',
  ),
  ALLOWED_HOSTS: list('', 'Host names that are answered, separated by commas; none means any'),
  THROTTLE_ANON: rate(
    'Requests of one address without sign-in, as 100/hour; off for none. Default: 100/hour in production, off otherwise',
  ),
  THROTTLE_USER: rate('Requests of one signed-in user. Default: 1000/hour in production, off otherwise'),
  CACHE_LIST_SECONDS: number(1800, 'Lists of products are kept ready so long at most; 0 for not at all'),
  CACHE_DETAIL_SECONDS: number(3600, 'The same of single products, categories and brands'),
  CACHE_TREE_SECONDS: number(3600, 'The same of the lists of categories and brands'),
  CACHE_BYTES: number(64 * 1024 * 1024, 'Memory for what is kept ready, in bytes', 65_536),
  ...watching,
  CURRENCY: shaped('USD', 'Currency of the channels v1, marketplace and nexus', /^[A-Z]{3}$/, 'must look like USD'),
  TAX_RATE: number(18, 'Tax in percent, added to prices on those channels'),
  ORDER_PAYMENT_TIMEOUT_MINUTES: number(60, 'An unpaid order is cancelled after this time', 1),
  PAYMENT_MODE: choice(
    ['auto', 'sandbox', 'live'] as const,
    'auto',
    'auto: a provider with keys is asked for real money, one without is simulated; sandbox: all are simulated; live: one without keys is refused',
  ),
  PAYMENT_WEBHOOK_SECRET: text('', 'Signs webhooks of payment providers. In development it is made and kept in var/'),
  GATEWAY_TIMEOUT_MS: number(10_000, 'A payment provider has so long to answer; then it is asked again later', 100),
  STRIPE_SECRET_KEY: optional('Stripe: the secret key, sk_live_… or sk_test_…'),
  STRIPE_WEBHOOK_SECRET: optional('Signs webhooks of Stripe, whsec_…. Default: PAYMENT_WEBHOOK_SECRET'),
  STRIPE_API_URL: webAddress('https://api.stripe.com', 'The API of Stripe; another one for tests'),
  PAYPAL_CLIENT_ID: optional('PayPal: the client id of the REST app'),
  PAYPAL_CLIENT_SECRET: optional('The secret that belongs to it'),
  PAYPAL_WEBHOOK_ID: optional('The id that PayPal gave the webhook; without it none of PayPal is believed'),
  PAYPAL_API_URL: webAddress(
    'https://api-m.paypal.com',
    'The API of PayPal; https://api-m.sandbox.paypal.com to try it out',
  ),
  PAYPAL_WEBHOOK_SECRET: optional('Signs webhooks of the simulated PayPal. Default: PAYMENT_WEBHOOK_SECRET'),
  RAZORPAY_KEY_ID: optional('Razorpay: the key id, rzp_live_… or rzp_test_…'),
  RAZORPAY_KEY_SECRET: optional('The secret that belongs to it'),
  RAZORPAY_WEBHOOK_SECRET: optional('Signs webhooks of Razorpay. Default: PAYMENT_WEBHOOK_SECRET'),
  RAZORPAY_API_URL: webAddress('https://api.razorpay.com', 'The API of Razorpay; another one for tests'),
  SHIPPING_WEBHOOK_SECRET: text('', 'Signs webhooks of carriers. Default: PAYMENT_WEBHOOK_SECRET'),
  SHIPROCKET_EMAIL: optional(
    'Shiprocket: the e-mail of the API user. Without it the carrier that comes with the shop answers',
  ),
  SHIPROCKET_PASSWORD: optional('The password that belongs to it'),
  SHIPROCKET_API_URL: webAddress(
    'https://apiv2.shiprocket.in/v1/external',
    'The API of Shiprocket; another one for tests',
  ),
  SHIPROCKET_PICKUP_LOCATION: text('Primary', 'What Shiprocket calls the place where parcels are fetched'),
  SHIPROCKET_WEBHOOK_TOKEN: optional('What its webhooks send as x-api-key; without it none is believed'),
  MAX_SESSIONS_PER_USER: number(5, 'Active sessions of one user on the v1 surface; 0 for no limit'),
  SESSION_EXPIRE_DAYS: number(30, 'A session ends this long after its last activity', 1),
  SESSION_MAX_DAYS: number(90, 'A session ends this long after it began, however much it is used', 1),
  PASSWORD_FORBIDDEN_WORDS: list(
    'souk,shop,store,storefront,marketplace,nexus,admin,administrator,dashboard,seller,customer,checkout',
    'Words that a password must be more than, besides the name of the shop; with digits and signs around them they count too',
  ),
  AUTO_CLEANUP_SESSIONS: flag(true, 'Remove ended sessions daily'),
  LOG_SESSION_ACTIVITIES: flag(true, 'Log when sessions open, refresh and end'),
  FORCE_LOGOUT_ON_SUSPICIOUS_ACTIVITY: flag(true, 'A suspicious sign-in ends the other v1 sessions of the user'),
  SUSPICIOUS_DISTINCT_IPS: number(
    3,
    'A sign-in is suspicious when the v1 sessions of a user come from more addresses',
    1,
  ),
  SUSPICIOUS_WINDOW_MINUTES: number(60, 'The time in which those addresses are counted', 1),
  REFRESH_REUSE_TERMINATES_SESSION: flag(true, 'A refresh token that is used again ends its session'),
  LOGIN_IP_MAX_ATTEMPTS: number(5, 'Failed sign-ins per address in 15 minutes', 1),
  LOGIN_USER_MAX_ATTEMPTS: number(3, 'Failed sign-ins per user in 15 minutes', 1),
  LOCKOUT_THRESHOLD: number(5, 'Failed sign-ins that lock an account on all surfaces', 1),
  LOCKOUT_WINDOW_MINUTES: number(15, 'The time in which those failures are counted', 1),
  LOCKOUT_MINUTES: number(15, 'How long the lock lasts', 1),
  EMAIL_RESEND_DAILY_LIMIT: number(5, 'Verification mails that one address may ask for in a day on the storefront', 1),
  EMAIL_RESEND_PER_MINUTE: number(2, 'Such requests of one client address in a minute', 1),
  STOREFRONT_ACCESS_MINUTES: number(60, 'Life of an access token of the storefront', 1),
  STOREFRONT_REFRESH_DAYS: number(7, 'Life of a refresh token of the storefront', 1),
  STOREFRONT_VERIFICATION_HOURS: number(24, 'Life of a verification token of the storefront', 1),
  MARKETPLACE_OPEN_SELLER_SIGNUP: flag(true, 'Anybody may register as a seller on the marketplace'),
  SELLER_CAN_FEATURE: flag(true, 'Sellers may mark their products as featured and as best sellers'),
  REGISTER_IP_MAX_ATTEMPTS: number(10, 'Registrations per address in 60 minutes', 1),
  EMAIL_VERIFICATION_MAX_ATTEMPTS: number(10, 'Verifications and resends per address in 15 minutes', 1),
} satisfies Record<string, Variable<unknown>>

type Read = { [Name in keyof typeof variables]: ReturnType<(typeof variables)[Name]['read']> }
export type Config = Read & { production: boolean; demoData: boolean; databaseUrl: string }

/** Reads the environment. Throws one sentence per wrong variable; in production also for missing secrets (V1-179). */
export function readConfig(environment: Environment = process.env): Config {
  const problems: string[] = []
  const read: Record<string, unknown> = {}
  for (const [name, variable] of Object.entries(variables)) {
    try {
      read[name] = variable.read(environment[name]?.trim() || variable.fallback)
    } catch (error) {
      problems.push(`${name} ${(error as Error).message}`)
    }
  }
  problems.push(...halfKeys(read as Partial<Read>))
  if (problems.length > 0) throw new Error(`Configuration: ${problems.join('; ')}`)
  return complete(read as Read)
}

/** Fills the defaults that depend on other variables, and refuses what production must not run with. */
function complete(read: Read): Config {
  const production = read.NODE_ENV === 'production'
  const directory = resolve(read.DATA_DIRECTORY)
  if (production) refuseUnsafe(read)
  const throttle = (given: string, usual: string) => given || (production ? usual : 'off')
  const webhookSecret = read.PAYMENT_WEBHOOK_SECRET || (production ? '' : keptSecret(directory, 'webhook-secret'))
  return {
    ...read,
    production,
    DATA_DIRECTORY: directory,
    databaseUrl: read.DATABASE_URL || `embedded://${join(directory, 'postgres')}`,
    demoData: read.DEMO_DATA ? isYes(read.DEMO_DATA) : read.NODE_ENV === 'development',
    SECRET_KEY: read.SECRET_KEY || keptSecret(directory, 'secret-key'),
    PAYMENT_WEBHOOK_SECRET: webhookSecret,
    SHIPPING_WEBHOOK_SECRET: read.SHIPPING_WEBHOOK_SECRET || webhookSecret,
    PUBLIC_URL: (read.PUBLIC_URL || `http://127.0.0.1:${read.PORT}`).replace(/\/$/, ''),
    FRONTEND_URL: read.FRONTEND_URL.replace(/\/$/, ''),
    SUPPORT_EMAIL: read.SUPPORT_EMAIL || (/<([^>]+)>/.exec(read.MAIL_FROM)?.[1] ?? read.MAIL_FROM),
    CORS_ALLOWED_ORIGINS:
      read.CORS_ALLOWED_ORIGINS.length > 0 ? read.CORS_ALLOWED_ORIGINS : [new URL(read.FRONTEND_URL).origin],
    LOG_REQUESTS: read.LOG_REQUESTS || (production ? 'all' : 'slow'),
    THROTTLE_ANON: throttle(read.THROTTLE_ANON, '100/hour'),
    THROTTLE_USER: throttle(read.THROTTLE_USER, '1000/hour'),
  }
}

/** What Souk can start without, and a production hardly wants to: told at every start. */
export function warningsOf(config: Config): string[] {
  const warnings = paymentWarnings(config)
  if (!config.production) return warnings
  if (!config.PAYMENT_WEBHOOK_SECRET && !config.STRIPE_WEBHOOK_SECRET)
    warnings.push('PAYMENT_WEBHOOK_SECRET is not set: no webhook of a payment provider is believed')
  if (!config.SHIPPING_WEBHOOK_SECRET)
    warnings.push('SHIPPING_WEBHOOK_SECRET is not set: no webhook of a carrier is believed')
  if (!config.SMTP_URL) warnings.push('SMTP_URL is not set: mails are kept in the outbox and reach nobody')
  if (/^http:\/\/(127\.|localhost)/.test(config.PUBLIC_URL))
    warnings.push('PUBLIC_URL is not set: links and pictures lead to this machine')
  return warnings
}
