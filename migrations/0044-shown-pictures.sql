-- The picture that is shown for a product is found in the index alone, in the order in which it is chosen.
drop index catalog.pictures_of_product;
create index pictures_of_product on catalog.pictures (product_id, is_primary desc, position, id) include (url);
