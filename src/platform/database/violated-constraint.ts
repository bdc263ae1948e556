const UNIQUE_VIOLATION = '23505'

/** The name of the unique constraint that a statement ran into; undefined where it failed for another reason. */
export function violatedConstraint(error: unknown): string | undefined {
  const { code, constraint } = error as { code?: unknown; constraint?: string }
  return code === UNIQUE_VIOLATION ? constraint : undefined
}
