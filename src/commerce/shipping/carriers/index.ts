import type { Db } from '#platform/database'
import type { Config } from '../../../config.ts'
import { builtinCarrier } from './builtin.ts'
import type { Carrier, Carriers } from './carrier.ts'
import { shiprocketCarrier } from './shiprocket/shiprocket.ts'

type Outside = { db: Db; config: Config; now: () => Date }

/** The carriers of a configuration: Shiprocket where there are credentials for it, and always the one that comes with the shop. */
export function openCarriers({ db, config, now }: Outside): Carriers {
  const builtin = builtinCarrier(db, {
    webhookSecret: config.SHIPPING_WEBHOOK_SECRET,
    frontendUrl: config.FRONTEND_URL,
  })
  const { SHIPROCKET_EMAIL: email, SHIPROCKET_PASSWORD: password, SHIPROCKET_API_URL: url } = config
  if (!email || !password) return [builtin]
  const shiprocket = shiprocketCarrier({
    url,
    email,
    password,
    pickupLocation: config.SHIPROCKET_PICKUP_LOCATION,
    webhookToken: config.SHIPROCKET_WEBHOOK_TOKEN ?? '',
    now,
  })
  return [shiprocket, builtin]
}

/** Who books for a name on a shipment. For a carrier that we have no line to, the shop gives the number itself. */
export function carrierCalled(carriers: Carriers, name: string): Carrier {
  return carriers.find((carrier) => isCalled(carrier, name)) ?? carriers.at(-1)!
}

/** Who books where nobody is named. */
export const carrierFor = (carriers: Carriers, parcel: { currency: string; country: string }): Carrier =>
  carriers.find((carrier) => carrier.serves(parcel))!

/** A carrier of ours by the name that it has here, however it was typed; any other as it was. */
export const nameOfCarrier = (carriers: Carriers, name: string): string =>
  carriers.find((carrier) => isCalled(carrier, name))?.name ?? name

const isCalled = (carrier: Carrier, name: string) => carrier.name.toLowerCase() === name.toLowerCase()
