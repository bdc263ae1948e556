/** Server-sent events: an answer that goes on until somebody ends it. */
import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** Of what a slow reader has not taken; one that has more is cut off, and comes back for the rest. */
const WAITING_MAX = 256 * 1024

export type EventStream = {
  /** With an id a browser that comes back says what it saw last. */
  send(event: string, data: object, id?: number): void
  /** Says nothing, so that nobody on the way takes the line for dead. */
  beat(): void
  end(): void
  /** Whoever reads has left, or it was ended. */
  onClose(listener: () => void): void
  /** What the route answers with. */
  answer(request: FastifyRequest, reply: FastifyReply): FastifyReply
}

export const EVENTS_ANSWER = { description: 'events', content: { 'text/event-stream': { schema: { type: 'string' } } } }

export function openEventStream(): EventStream {
  const events = new Readable({ read() {} })
  const say = (text: string) => {
    if (events.destroyed) return
    events.push(text)
    if (events.readableLength > WAITING_MAX) events.destroy()
  }
  return {
    send: (event, data, id) =>
      say(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`),
    beat: () => say(': still here\n\n'),
    end: () => void (events.destroyed || events.push(null)),
    onClose: (listener) => void events.once('close', listener),
    answer: (request, reply) => {
      say('retry: 3000\n: welcome\n\n')
      request.openedAfterMs = reply.elapsedTime
      return reply.type('text/event-stream; charset=utf-8').header('X-Accel-Buffering', 'no').send(events)
    },
  }
}
