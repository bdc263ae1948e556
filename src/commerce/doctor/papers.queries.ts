/** What must always be true of invoices, credit notes and returns. */
import { sql } from 'kysely'
import type { Invariant } from './queries.ts'

export const paperInvariants: Invariant[] = [
  {
    says: 'the numbers of invoices and credit notes have no gap',
    query: sql`
      select format('%s of %s: %s were written, the last is %s, %s were counted', kind, year, written, latest, last) as fault
      from (
        select kind, year, last, count(document.id) as written, coalesce(max(document.sequence), 0) as latest
        from orders.number_series left join orders.documents document using (kind, year) group by kind, year, last
      ) as series where (written, latest) <> (last, last)`,
  },
  {
    says: 'an order is invoiced at its total, and not credited more',
    query: sql`
      select format('%s over %s is invoiced at %s and credited %s', number, total_minor, invoiced, credited) as fault
      from (
        select "order".number, "order".total_minor, "order".tax_minor,
          sum(document.amount_minor) filter (where document.kind = 'invoice') as invoiced,
          coalesce(sum(document.amount_minor) filter (where document.kind = 'credit_note'), 0) as credited,
          coalesce(sum(document.tax_minor) filter (where document.kind = 'credit_note'), 0) as tax_credited
        from orders.orders "order" join orders.documents document on document.order_id = "order".id group by "order".id
      ) as papers
      where invoiced is distinct from total_minor or credited > invoiced or tax_credited > tax_minor`,
  },
  {
    says: 'nothing comes back that was not bought',
    query: sql`
      select format('%s of %s were bought, %s come back', line.quantity, line.sku, sum(sent.quantity)) as fault
      from orders.return_lines sent
      join orders.returns sent_back on sent_back.id = sent.return_id and sent_back.status <> 'rejected'
      join orders.lines line on line.id = sent.line_id
      group by line.id having sum(sent.quantity) > line.quantity`,
  },
  {
    says: 'a return that was refunded has a refund that succeeded',
    query: sql`
      select format('return %s is %s, its refund is %s', sent_back.id, sent_back.status, coalesce(refund.status::text, 'none')) as fault
      from orders.returns sent_back left join payments.refunds refund on refund.id = sent_back.refund_id
      where (sent_back.status = 'refunded') <> (coalesce(refund.status = 'succeeded', false))`,
  },
]
