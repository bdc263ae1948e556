/**
 * A spreadsheet takes text that begins with = + - @, a tab or a CR for a formula, and would run what a customer typed.
 * Such text is written with an apostrophe before it, and so is text that has apostrophes and then such a beginning;
 * reading takes one apostrophe off again. Thus what is written is read as it was, whatever it was.
 */
const runs = /^'*[=+\-@\t\r]/
const guarded = /^'+[=+\-@\t\r]/

export const guardText = (text: string): string => (runs.test(text) ? `'${text}` : text)
export const unguardText = (text: string): string => (guarded.test(text) ? text.slice(1) : text)
