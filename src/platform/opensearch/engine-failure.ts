/** The engine did not answer, or not with what was asked. `status` is undefined where there was no answer at all. */
export class EngineFailure extends Error {
  readonly status: number | undefined

  constructor(reason: string, status?: number, cause?: unknown) {
    super(reason, { cause })
    this.status = status
  }

  /** Whether the same request may be answered later. */
  get mayPass(): boolean {
    return this.status === undefined || this.status === 429 || this.status >= 500
  }
}
