-- What an order writes for each of its lines, without what is looked up or kept up for nothing (decision 27).

-- The order and its lines are written by one statement, and neither is ever deleted: nothing can go missing.
alter table orders.lines drop constraint lines_order_id_fkey;

-- An entry is written by the statement that changes its level. What goes with a level is done once for all that go, not asked
-- for each entry that comes.
alter table inventory.ledger drop constraint ledger_variant_id_location_id_fkey;
create function inventory.levels_gone() returns trigger language plpgsql as $$
begin
  delete from inventory.ledger entry using gone
  where entry.product_id = gone.product_id and entry.variant_id = gone.variant_id and entry.location_id = gone.location_id;
  return null;
end $$;
create trigger levels_gone after delete on inventory.levels
  referencing old table as gone for each statement execute function inventory.levels_gone();

-- What is asked of a variant is found among the entries of its product.
drop index inventory.ledger_of_variant, inventory.ledger_of_product;
create index ledger_of_product on inventory.ledger (product_id, recorded_at desc, id desc) include (variant_id);

-- Most entries are sales: those are found by time.
drop index inventory.ledger_by_movement;
create index ledger_by_movement on inventory.ledger (movement, recorded_at desc, id desc) where movement <> 'OUT';

-- Room on each page, so that a number that changes finds its place beside the old one and no index hears of it.
alter table inventory.levels set (fillfactor = 70);

-- What a line costs stands in the line: the explanation of an order holds the steps that follow.
update orders.lines line set snapshot = line.snapshot || jsonb_build_object('listMinor', step.value -> 'listMinor')
from orders.orders "order", jsonb_array_elements("order".explanation) with ordinality as step (value, place)
where line.order_id = "order".id and line.position = step.place - 1 and step.value ->> 'rule' = 'price';
update orders.orders set explanation = (
  select coalesce(jsonb_agg(value order by place), '[]')
  from jsonb_array_elements(explanation) with ordinality as step (value, place) where value ->> 'rule' <> 'price')
where explanation @? '$[*] ? (@.rule == "price")';
