import type { Db } from '#platform/database'
import type { Log } from '#platform/log'
import type { Config } from '../../../config.ts'
import { builtinCarrier } from './builtin.ts'
import type { Carrier, Carriers } from './carrier.ts'

type Outside = { db: Db; config: Config; log: Log; now: () => Date }

/** The carriers of a configuration: Shiprocket where there are credentials for it, and always the one that comes with the shop. */
export function openCarriers({ db, config }: Outside): Carriers {
  const builtin = builtinCarrier(db, {
    webhookSecret: config.SHIPPING_WEBHOOK_SECRET,
    frontendUrl: config.FRONTEND_URL,
  })
  return { main: builtin, all: [builtin] }
}

/** Who books for a name on a shipment. For a carrier that we have no line to, the shop gives the number itself. */
export function carrierCalled({ all }: Carriers, name: string): Carrier {
  return all.find((carrier) => carrier.name.toLowerCase() === name.toLowerCase()) ?? all.find(({ isLocal }) => isLocal)!
}
