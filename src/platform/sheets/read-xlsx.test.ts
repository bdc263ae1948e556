import assert from 'node:assert/strict'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import writeExcelFile, { type SheetData } from 'write-excel-file/node'
import { cellsOf, codeOf, ownTemporaryDirectory, refusedFor, relationsXml, rowsOf, xlsxOf } from './test-sheets.ts'
import { dateText } from './xlsx/cell-value.ts'
import { kindOfCode } from './xlsx/date-styles.ts'
import { openStringStore } from './xlsx/string-store.ts'

const temporary = ownTemporaryDirectory()
const excelFile = (rows: SheetData) => writeExcelFile(rows).toBuffer()

test('a file of another program is read: text, numbers, truth values, dates, gaps', async () => {
  const file = await excelFile([
    ['name', 'price', 'new', 'since', 'at'],
    ['Tea & <b>"x"</b>\n🙂', 599.99, true, { value: new Date('2024-02-29'), type: Date, format: 'dd/mm/yyyy' }],
    [],
    [null, -3, false, null, { value: new Date('2024-02-29T18:30:15Z'), type: Date, format: 'd mmm yy hh:mm' }],
    ['007', 1e21, null, null, ' x '],
  ])
  assert.deepEqual(await rowsOf(file), [
    { row: 1, cells: ['name', 'price', 'new', 'since', 'at'] },
    { row: 2, cells: ['Tea & <b>"x"</b>\n🙂', '599.99', 'TRUE', '2024-02-29'] },
    { row: 4, cells: ['', '-3', 'FALSE', '', '2024-02-29T18:30:15'] },
    { row: 5, cells: ['007', '1e+21', '', '', ' x '] },
  ])
})

test('shared, inline and rich text, cached results, rows and cells left out or without a reference', async () => {
  const file = await xlsxOf(
    `<row r="2"><c r="B2" t="s"><v>1</v></c><c t="inlineStr"><is><r><t>in</t></r><r><t xml:space="preserve"> line</t></r><rPh><t>no</t></rPh></is></c></row>
     <row><c><f>1+1</f><v>2</v></c><c t="str"><f>"a"</f><v>a_x000D_b_x005F_x0041_</v></c><c t="e"><v>#N/A</v></c><c r="AA3" t="b"><v>1</v></c></row>
     <row r="5"/><row r="6"><c r="A6"/><c r="C6" t="s"><v>0</v></c><c t="d"><v>2024-01-02</v></c></row>`,
    {
      strings: [
        '<t>zero</t>',
        '<r><t>ri</t></r><rPh><t>reading</t></rPh><r><t>ch &amp; &#x1F642;<![CDATA[<]]></t></r>',
      ],
    },
  )
  assert.deepEqual(await rowsOf(file), [
    { row: 2, cells: ['', 'rich & 🙂<', 'in line'] },
    { row: 3, cells: ['2', 'a\rb_x0041_', '#N/A', ...Array(23).fill(''), 'TRUE'] },
    { row: 6, cells: ['', '', 'zero', '2024-01-02'] },
  ])
})

test('numbers come as Excel shows them in full', async () => {
  const numbers = ['599.99000000000001', '0.30000000000000004', '1E-7', '12345678901234567', '1.5E3', '-0.10', 'x']
  const file = await xlsxOf(`<row>${numbers.map((number) => `<c><v>${number}</v></c>`).join('')}</row>`)
  assert.deepEqual(await cellsOf(file), [['599.99', '0.3', '1e-7', '12345678901234567', '1500', '-0.1', 'x']])
})

test('the first sheet is the first tab, wherever its part lies and however the program names things', async () => {
  const file = await xlsxOf('<row><c><v>1</v></c></row>', {
    over: {
      '_rels/.rels': relationsXml(['a', 'officeDocument', '/XL/Workbook.xml']),
      'xl/workbook.xml':
        '<x:workbook xmlns:x="x" xmlns:rel="r"><x:workbookPr date1904="1"/><x:sheets><x:sheet rel:id="c1"/><x:sheet rel:id="s9"/><x:sheet rel:id="s1"/></x:sheets></x:workbook>',
      'xl/_rels/workbook.xml.rels': relationsXml(
        ['s1', 'worksheet', 'worksheets/sheet1.xml'],
        ['c1', 'chartsheet', 'worksheets/sheet1.xml'],
        ['s9', 'worksheet', './more/../more/nine.xml'],
        ['st', 'styles', 'styles.xml'],
      ),
      'xl/more/nine.xml':
        '<x:worksheet xmlns:x="x"><x:sheetData><x:row r="4"><x:c r="B4" s="1"><x:v>0</x:v></x:c></x:row></x:sheetData><x:row><x:c><x:v>no</x:v></x:c></x:row></x:worksheet>',
    },
  })
  assert.deepEqual(await rowsOf(file), [{ row: 4, cells: ['', '1904-01-01'] }])
})

test('dates: the day that never was, the ends of the calendar, the time alone', () => {
  assert.equal(dateText(1, 'date'), '1900-01-01')
  assert.equal(dateText(59, 'date'), '1900-02-28')
  assert.equal(dateText(61, 'date'), '1900-03-01')
  assert.equal(dateText(45351.75, 'date'), '2024-02-29T18:00:00')
  assert.equal(dateText(45351.9999999, 'date'), '2024-03-01')
  assert.equal(dateText(0.5, 'time'), '12:00:00')
  assert.equal(dateText(2_958_465, 'date'), '9999-12-31')
  assert.equal(dateText(2_958_466, 'date'), undefined)
  assert.equal(dateText(-1, 'date'), undefined)
})

test('formats are told from their codes', () => {
  for (const code of ['yyyy-mm-dd', '[$-409]d. mmmm yyyy;@', 'mmm', 'd"."', '[Red]dd/mm', 'h:mm d']) {
    assert.equal(kindOfCode(code), 'date', code)
  }
  for (const code of ['h:mm', 'mm:ss.0', 'hh" Uhr"']) assert.equal(kindOfCode(code), 'time', code)
  for (const code of ['General', '[h]:mm:ss', '0.00', '#,##0 "days"', '\\d0', '[Red]0', '@', '0.00E+00', '"€" 0']) {
    assert.equal(kindOfCode(code), undefined, code)
  }
  const begun = Date.now()
  assert.equal(kindOfCode('['.repeat(1_000_000)), undefined)
  assert.ok(Date.now() - begun < 1000)
})

test('the string store gives back what it was given, from memory and from its file, and leaves none', () => {
  const store = openStringStore(10_000)
  const texts = Array.from(
    { length: 5000 },
    (_, index) => `${index} 🙂 "${'é'.repeat(index % 40)}"\n${' '.repeat((index * 37) % 999)}`,
  )
  for (const text of texts) store.add(text)
  for (let index = 4999; index >= 0; index -= 7) assert.equal(store.get(index), texts[index])
  assert.deepEqual(
    texts.map((_, index) => store.get(index)),
    texts,
  )
  assert.equal(store.get(4999), texts[4999])
  for (const index of [5000, -1, 0.5, Number.NaN, 1e9]) assert.equal(store.get(index), undefined)
  store.close()
  assert.deepEqual(temporary.left(), [])
})

test('what exceeds the limits is refused with its place', async () => {
  const cell = (at: string, text: string) => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`
  const limits = { maxRows: 2, maxColumns: 2, maxCellLength: 5 }
  assert.equal(
    (await rowsOf(await xlsxOf(`<row r="9">${cell('B9', '_x0041_2345')}<c r="C9"/></row>`), limits)).length,
    1,
  )
  assert.deepEqual(await refusedFor(await xlsxOf(`<row r="9">${cell('C9', '1')}</row>`), limits), {
    code: 'sheet_too_many_columns',
    row: 9,
  })
  assert.deepEqual(await refusedFor(await xlsxOf(`<row r="9">${cell('B9', '123456')}</row>`), limits), {
    code: 'sheet_cell_too_long',
    row: 9,
    column: 2,
  })
  const shared = await xlsxOf('<row><c t="s"><v>1</v></c></row>', { strings: ['<t>unused</t>', '<t>123456</t>'] })
  assert.deepEqual(await refusedFor(shared, limits), { code: 'sheet_cell_too_long', row: 1, column: 1 })
  assert.equal(await codeOf(await xlsxOf('<row><c><v>1</v></c></row>'.repeat(3)), limits), 'sheet_too_many_rows')
  assert.deepEqual(await refusedFor(await xlsxOf(`<row>${cell('A1', 'a_x0000_')}</row>`)), {
    code: 'sheet_bad_character',
    row: 1,
    column: 1,
  })
})

test('an .xlsx without a filled cell is empty; a whole file of another kind of office is no sheet', async () => {
  assert.equal(await codeOf(await xlsxOf('<row r="1"><c r="A1"/></row>')), 'sheet_empty')
  const document = await xlsxOf('', {
    over: {
      '_rels/.rels': relationsXml(['r1', 'officeDocument', 'word/document.xml']),
      'word/document.xml': '<document/>',
      'word/_rels/document.xml.rels': relationsXml(['r1', 'styles', 'styles.xml']),
    },
  })
  assert.equal(await codeOf(document), 'not_a_sheet')
  const { ZipFile } = await import('yazl')
  const zip = new ZipFile()
  zip.addBuffer(Buffer.from('x'), 'readme.txt')
  zip.end()
  assert.equal(await codeOf(await buffer(zip.outputStream)), 'not_a_sheet')
})
