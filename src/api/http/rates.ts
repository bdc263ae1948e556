/** A share in percent, two digits; 0 of nothing (SF-441). */
export const percentOf = (part: number, whole: number): number => (whole === 0 ? 0 : round((part / whole) * 100, 2))

/** A figure with so many digits, as a number. */
export const round = (value: number, digits: number): number => Number(value.toFixed(digits))
