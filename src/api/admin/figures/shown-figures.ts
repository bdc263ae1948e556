/** Figures as a screen shows them. */
import { type Static, Type } from 'typebox'
import { toDecimal } from '#platform/money.ts'
import { round } from '../../http/rates.ts'

export const BadgeWire = Type.Object({ label: Type.String(), color: Type.String() }, { title: 'Badge' })
export type Badge = Static<typeof BadgeWire>

/** `3.2%` */
export const showPercent = (percent: number): string => `${round(percent, 1)}%`

/** `INR 1,234.50`, two digits wherever there are any. */
export const showMoney = (minor: number, currency: string): string => {
  const [whole = '', fraction] = toDecimal(minor, currency).split('.')
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',')
  return `${currency} ${fraction === undefined ? grouped : `${grouped}.${fraction}`}`
}
