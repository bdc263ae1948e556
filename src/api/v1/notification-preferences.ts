/** /api/v1/notifications/preferences/: of what I want to be told, and how (V1-372). */
import { changePreferences, readPreferences } from '#commerce/notifications'
import { viewerOf } from '../http/access.ts'
import type { Routes } from '../http/server.ts'
import { Problem } from '../http/wire.ts'
import {
  PreferenceChangesWire,
  PreferencesWire,
  toPreferenceChanges,
  toPreferencesWire,
} from './notification-preferences.wire.ts'

const PREFERENCES = '/notifications/preferences/'
const tags = ['notifications']
const access = 'user'

export const notificationPreferenceRoutes: Routes = (server, app) => {
  server.get(
    PREFERENCES,
    {
      schema: {
        operationId: 'readNotificationPreferences',
        tags,
        summary: 'By which channels I am told of what',
        response: { 200: PreferencesWire, 401: Problem },
      },
      config: { access, sqlBudget: 3 },
    },
    async (request) => toPreferencesWire(await readPreferences(app.db, viewerOf(request).accountId)),
  )

  for (const [method, operationId] of [
    ['PUT', 'putNotificationPreferences'],
    ['PATCH', 'changeNotificationPreferences'],
  ] as const)
    server.route({
      method,
      url: PREFERENCES,
      schema: {
        operationId,
        tags,
        summary: 'Choose by which channels I am told of what',
        description: 'Whatever is left out stays. Mail about the security of the account cannot be switched off.',
        body: PreferenceChangesWire,
        response: { 200: PreferencesWire, 400: Problem, 401: Problem },
      },
      config: { access, sqlBudget: 9 },
      handler: async (request) => {
        const changes = toPreferenceChanges(request.body)
        return toPreferencesWire(await changePreferences(app, viewerOf(request).accountId, changes))
      },
    })
}
