-- How large pictures of ours are, and how wide the smaller copies that there are of them.
alter table catalog.pictures
  add width int check (width > 0),
  add height int check (height > 0),
  add sizes int[] not null default '{}',
  add constraint pictures_size_whole check ((width is null) = (height is null));

-- Before a file is taken away it is asked who else shows it.
create index pictures_by_url on catalog.pictures using hash (url);
create index variants_by_image on catalog.variants using hash (image);
