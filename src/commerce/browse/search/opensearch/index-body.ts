/** What the engine keeps of a product, and how it takes words apart. */

const folded = ['lowercase', 'asciifolding']
const words = { type: 'text', analyzer: 'souk_words', copy_to: ['all', 'spelled'] }

/** For `PUT /index`, as OpenSearch and Elasticsearch 7 and 8 know it. Only active products are kept. */
export const INDEX_BODY = {
  settings: {
    index: {
      // So long a deletion is remembered: a document that was sent before it and comes late stays away.
      gc_deletes: '1h',
    },
    analysis: {
      filter: { souk_stem: { type: 'stemmer', language: 'english' } },
      analyzer: {
        souk_words: { type: 'custom', tokenizer: 'standard', filter: [...folded, 'souk_stem'] },
        souk_plain: { type: 'custom', tokenizer: 'standard', filter: folded },
      },
      normalizer: { souk_key: { type: 'custom', filter: folded } },
    },
  },
  mappings: {
    dynamic: 'strict',
    properties: {
      product_id: { type: 'long' },
      name: {
        ...words,
        fields: {
          key: { type: 'keyword', normalizer: 'souk_key', ignore_above: 1000 },
          begun: { type: 'search_as_you_type', analyzer: 'souk_plain' },
        },
      },
      // As the shop sorts by it.
      name_key: { type: 'keyword' },
      brand: words,
      category: words,
      tags: { ...words, fields: { key: { type: 'keyword', ignore_above: 1000 } } },
      description: words,
      skus: { type: 'keyword', normalizer: 'souk_key', ignore_above: 1000, copy_to: ['all'] },
      // Every word, wherever it stands: all that are typed must be here.
      all: { type: 'text', analyzer: 'souk_words' },
      // The same unstemmed, to find what was misspelt.
      spelled: { type: 'text', analyzer: 'souk_plain' },
      // Each from the root down.
      category_ids: { type: 'long' },
      // Its own alone.
      category_id: { type: 'long' },
      brand_id: { type: 'long' },
      seller_id: { type: 'long' },
      price_minor: { type: 'long' },
      in_stock: { type: 'boolean' },
      is_featured: { type: 'boolean' },
      is_on_sale: { type: 'boolean' },
      is_best_seller: { type: 'boolean' },
      flash_sale_until: { type: 'date' },
      created_at: { type: 'date' },
      rating_average: { type: 'double' },
      merit: { type: 'double' },
    },
  },
} as const
