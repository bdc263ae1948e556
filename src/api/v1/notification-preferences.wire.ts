import { type Static, Type } from 'typebox'
import type { Channels, PreferenceChanges, Preferences } from '#commerce/notifications'

const ChannelsWire = Type.Object(
  { email: Type.Boolean(), sms: Type.Boolean(), in_app: Type.Boolean() },
  { title: 'NotificationChannels' },
)
export const PreferencesWire = Type.Object(
  {
    order_updates: ChannelsWire,
    shipping_updates: ChannelsWire,
    promotions: ChannelsWire,
    stock_alerts: ChannelsWire,
    security: ChannelsWire,
  },
  { title: 'NotificationPreferences' },
)

const ChannelChanges = Type.Optional(
  Type.Object({
    email: Type.Optional(Type.Boolean()),
    sms: Type.Optional(Type.Boolean()),
    in_app: Type.Optional(Type.Boolean()),
  }),
)
/** Whatever is left out stays, with PUT as with PATCH. */
export const PreferenceChangesWire = Type.Object({
  order_updates: ChannelChanges,
  shipping_updates: ChannelChanges,
  promotions: ChannelChanges,
  stock_alerts: ChannelChanges,
  security: ChannelChanges,
})

const toChannelsWire = ({ email, sms, inApp }: Channels): Static<typeof ChannelsWire> => ({ email, sms, in_app: inApp })

export const toPreferencesWire = (preferences: Preferences): Static<typeof PreferencesWire> => ({
  order_updates: toChannelsWire(preferences.order_updates),
  shipping_updates: toChannelsWire(preferences.shipping_updates),
  promotions: toChannelsWire(preferences.promotions),
  stock_alerts: toChannelsWire(preferences.stock_alerts),
  security: toChannelsWire(preferences.security),
})

/** What was sent, in the words of the commerce side. */
export function toPreferenceChanges(body: Static<typeof PreferenceChangesWire>): PreferenceChanges {
  const changes: PreferenceChanges = {}
  for (const category of Object.keys(PreferenceChangesWire.properties) as (keyof typeof body)[]) {
    const sent = body[category]
    if (sent) changes[category] = { email: sent.email, sms: sent.sms, inApp: sent.in_app }
  }
  return changes
}
