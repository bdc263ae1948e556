import { type Static, Type } from 'typebox'
import type { NoticeView } from '#commerce/notifications'
import { PageOf } from '../http/paging.ts'
import { AnyObject, Time } from '../http/wire.ts'

export const NoticeWire = Type.Object(
  {
    id: Type.Integer(),
    type: Type.String({ examples: ['order_placed'] }),
    title: Type.String(),
    body: Type.String(),
    data: AnyObject,
    is_read: Type.Boolean(),
    created_at: Time,
  },
  { title: 'Notification' },
)
export const NoticePageWire = PageOf(NoticeWire)

export const toNoticeWire = (notice: NoticeView): Static<typeof NoticeWire> => ({
  id: notice.id,
  type: notice.type,
  title: notice.title,
  body: notice.body,
  data: notice.data as Record<string, unknown>,
  is_read: notice.isRead,
  created_at: notice.createdAt.toISOString(),
})
