/** What must always be true of parcels. */
import { sql } from 'kysely'
import type { Invariant } from './queries.ts'

export const parcelInvariants: Invariant[] = [
  {
    says: 'no more of a line is in parcels than was ordered, and only of the order of the parcel',
    query: sql`
      select format('%s: of line %s are %s in parcels, %s were ordered', "order".number, line.id, packed.units, line.quantity) as fault
      from (select line_id, sum(quantity) as units from shipping.shipment_lines group by line_id) packed
      join orders.lines line on line.id = packed.line_id join orders.orders "order" on "order".id = line.order_id
      where packed.units > line.quantity
      union all
      select format('parcel %s of %s holds line %s of another order', shipment.id, order_number, packed.line_id)
      from shipping.shipments shipment join shipping.shipment_lines packed on packed.shipment_id = shipment.id
      left join orders.lines line on line.id = packed.line_id
      where line.order_id is distinct from shipment.order_id`,
  },
  {
    says: 'a parcel holds something, and names the order that it is of',
    query: sql`
      select format('parcel %s of %s', shipment.id, shipment.order_number) as fault
      from shipping.shipments shipment left join orders.orders "order" on "order".id = shipment.order_id
      where "order".number is distinct from shipment.order_number
        or not exists (select from shipping.shipment_lines packed where packed.shipment_id = shipment.id)`,
  },
  {
    says: 'a parcel that is booked has a history, and one that was delivered says so in it',
    query: sql`
      select format('parcel %s of %s is %s', shipment.id, order_number, shipment.status) as fault
      from shipping.shipments shipment
      where (tracking_number is not null and not exists (
          select from shipping.shipment_events event where event.shipment_id = shipment.id))
        or (shipment.status = 'delivered') <> exists (
          select from shipping.shipment_events event where event.shipment_id = shipment.id and event.status = 'delivered')`,
  },
  {
    says: 'an order of which a parcel has left is shipped, and delivered with the last of them',
    query: sql`
      select format('%s is %s, its parcels are: %s', number, status, parcels) as fault
      from (
        select "order".number, "order".status, string_agg(shipment.status::text, ', ' order by shipment.id) as parcels,
          bool_or(shipment.status in ('in_transit', 'out_for_delivery', 'delivered')
            or (shipment.is_sent and shipment.tracking_number is not null)) as has_left,
          bool_and(shipment.status = 'delivered') as is_delivered,
          (select sum(quantity) from orders.lines line where line.order_id = "order".id) = (
            select sum(quantity) from shipping.shipment_lines packed join shipping.shipments each on each.id = packed.shipment_id
            where each.order_id = "order".id) as is_whole
        from shipping.shipments shipment join orders.orders "order" on "order".id = shipment.order_id
        group by "order".id
      ) told
      where (status in ('pending', 'processing') and has_left) or (status = 'shipped' and is_delivered and is_whole)
        or (status in ('delivered', 'completed') and not is_delivered)`,
  },
]
