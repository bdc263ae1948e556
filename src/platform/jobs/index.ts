/**
 * Work that outlives the request, kept in PostgreSQL (pg-boss, schema `jobs`). A job is enqueued inside the caller's
 * transaction, so it exists if and only if its cause does; it is retried with backoff, then kept as dead.
 */
export { DEAD_JOBS, JOB_RETRIES_MAX, type JobQueue, type Jobs, openJobs } from './jobs.ts'
export { countWaitingJobs, type QueueDepth } from './queries.ts'
export { type OnDead, type Schedule, startWorker, type Worker, type WorkTable, workOnce, works } from './worker.ts'
