/** How Souk is started to be measured: as in production, without throttles. */
import { randomBytes } from 'node:crypto'

export const NOTHING_KEPT = { CACHE_LIST_SECONDS: '0', CACHE_DETAIL_SECONDS: '0', CACHE_TREE_SECONDS: '0' }

export function writeEnvironment(url: string, folder: string, poolSize: number): Record<string, string> {
  return {
    NODE_ENV: 'production',
    DATABASE_URL: url,
    DATABASE_POOL_SIZE: String(poolSize),
    DATA_DIRECTORY: folder,
    PUBLIC_URL: 'http://127.0.0.1:8000',
    SECRET_KEY: randomBytes(32).toString('base64url'),
    PAYMENT_WEBHOOK_SECRET: randomBytes(32).toString('base64url'),
    DEMO_DATA: 'false',
    THROTTLE_ANON: 'off',
    THROTTLE_USER: 'off',
    LOG_LEVEL: 'warn',
  }
}
