/** What happened in the shop, and its figures: models that are only looked at (SF-451…SF-467). */
import type { App } from '../../../commerce/app.ts'
import type { Server } from '../../http/server.ts'
import { addResource } from '../add-resource.ts'
import { activityResource } from './activities.ts'
import { apiEventResource } from './api-events.ts'
import { cartLeftResource } from './carts-left.ts'
import { customerValueResource } from './customer-values.ts'
import { errorResource } from './errors.ts'
import { funnelResource } from './funnel.ts'
import { orderDayResource } from './order-days.ts'
import { productDayResource } from './product-days.ts'
import { searchResource } from './searches.ts'
import { visitResource } from './visit-days.ts'

export function addFigures(server: Server, app: App): void {
  addResource(server, app, activityResource)
  addResource(server, app, orderDayResource)
  addResource(server, app, searchResource)
  addResource(server, app, apiEventResource)
  addResource(server, app, errorResource)
  for (const span of ['day', 'week', 'month'] as const) addResource(server, app, visitResource(span))
  addResource(server, app, productDayResource)
  addResource(server, app, funnelResource)
  addResource(server, app, cartLeftResource)
  addResource(server, app, customerValueResource)
}
