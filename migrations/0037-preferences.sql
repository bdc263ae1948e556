-- By which channels an account wants to be told. Who never said anything has no row: the defaults are in the code.
create table notifications.preferences (
  account_id bigint not null references identity.accounts on delete cascade,
  category text not null
    check (category in ('order_updates', 'shipping_updates', 'promotions', 'stock_alerts', 'security')),
  -- Whether promotions are mailed is what the profile says (marketing_opt_in), and is kept there alone.
  email boolean check ((email is null) = (category = 'promotions')),
  sms boolean not null,
  in_app boolean not null,
  primary key (account_id, category),
  constraint security_is_mailed check (category <> 'security' or email)
);
select audit.watch('notifications.preferences', 'anybody', 'account_id category', '', 'account_id', 'insert or update or delete');
