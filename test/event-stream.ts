/** A reader of server-sent events, as a browser is one. */
import assert from 'node:assert/strict'

export type EventStream = { status: number; type: string | null; text: string; isOver: boolean; close(): void }

/** Resolves when the answer begins; `text` grows from then on. */
export async function openEventStream(url: string, headers: Record<string, string>): Promise<EventStream> {
  const leaving = new AbortController()
  const answer = await fetch(url, { headers, signal: leaving.signal })
  const type = answer.headers.get('content-type')
  const stream: EventStream = { status: answer.status, type, text: '', isOver: false, close: () => leaving.abort() }
  void (async () => {
    const decoder = new TextDecoder()
    for await (const chunk of answer.body!) stream.text += decoder.decode(chunk as Uint8Array, { stream: true })
    stream.isOver = true
  })().catch(() => {
    stream.isOver = true
  })
  return stream
}

/** The notices that came, by the events that told them. */
export const noticesIn = ({ text }: { text: string }) =>
  [...text.matchAll(/^id: (\d+)\nevent: notification\ndata: (.+)\n\n/gm)].map(([, id, data]) => {
    const notice = JSON.parse(data!)
    assert.equal(String(notice.id), id)
    return notice
  })
