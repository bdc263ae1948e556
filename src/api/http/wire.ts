/** Shapes that every surface's wire files use. */
import { type Static, type TSchema, Type } from 'typebox'

/** A value or null, as OpenAPI 3.0 says it and the serializer knows it. */
export const Nullable = <Schema extends TSchema>(schema: Schema) =>
  Type.Unsafe<Static<Schema> | null>({ ...schema, nullable: true })

/** A decimal amount: "12.50". */
export const Money = Type.String({ description: 'decimal amount', examples: ['12.50'] })
/** ISO 8601, UTC. */
export const Time = Type.String({ format: 'date-time' })
/** A calendar day, UTC. */
export const Day = Type.String({ format: 'date' })
/** One of these words. */
export const Choice = <const Values extends readonly string[]>(values: Values) =>
  Type.Unsafe<Values[number]>({ type: 'string', enum: values })
/** Whatever object. */
export const AnyObject = Type.Unsafe<Record<string, unknown>>({ type: 'object', additionalProperties: true })
/** A path parameter that names a row. What is no number, or too large for one, names nothing: 404. */
export const IdInPath = Type.Object({ id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) })
/** Text with something in it besides blanks. */
export const Filled = (options: { maxLength: number }) => Type.String({ minLength: 1, pattern: '\\S', ...options })

/** As many as any product needs, and no more than a page shows. */
export const Tags = Type.Array(Filled({ maxLength: 100 }), { maxItems: 100 })
export const PictureUrl = Type.String({ format: 'uri', maxLength: 2000 })
export const PictureUrls = Type.Array(PictureUrl, { maxItems: 50 })

type Sent<Fields> = { [Field in keyof Fields]?: Exclude<Fields[Field], undefined> }
/** Only the fields that were sent: what is left out stays as it is. */
export const sent = <Fields extends object>(fields: Fields): Sent<Fields> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Sent<Fields>

/** How v1 says no: a sentence in `detail`, or sentences for each field at fault (V1-004). */
export const Problem = Type.Object(
  {
    detail: Type.Optional(Type.String()),
    code: Type.Optional(Type.String()),
    non_field_errors: Type.Optional(Type.Array(Type.String())),
  },
  { title: 'Problem', additionalProperties: true },
)
/** The same of a body with a field called `code`: of the field there are sentences, of a refusal there is a word. */
export const ProblemOfCode = Type.Object(
  { ...Problem.properties, code: Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())])) },
  { title: 'ProblemOfCode', additionalProperties: true },
)
/** A sentence that says what was done. */
export const MessageWire = Type.Object({ message: Type.String() }, { title: 'Message' })
/** An answer without a body: 204. */
export const Nothing = Type.Unsafe<undefined>({ type: 'null', description: 'Done; no content' })
