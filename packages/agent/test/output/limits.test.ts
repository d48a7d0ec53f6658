import { expect, test } from 'vitest'
import { splitNotice } from '../../src/output/notice.js'
import type { ToolCall, ToolResult } from '../../src/tools/tool-result.js'
import { openAgent, type TestAgent } from '../support/open-agent.js'

const tenMegabytes = 10_000_000
const numbered = (count: number): string => Array.from({ length: count }, (_, index) => `line ${index + 1}\n`).join('')
const bigEndian = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16()

/** Texts that are easily got wrong. */
const texts: Readonly<Record<string, string>> = {
  'tabs.txt': 'a\tb\n\t\tc\n',
  'crlf.txt': 'one\r\ntwo\r\nthree',
  'cr.txt': 'old\rmac\r',
  'bom.txt': '\uFEFFfirst\nsecond\n',
  'empty.txt': '',
  'newline.txt': '\n',
  'open.txt': 'no final newline',
  'many.txt': numbered(5000),
  'wide.txt': `${'w'.repeat(1500)}\n`.repeat(200),
  'line.txt': 'x'.repeat(tenMegabytes),
  // The odd byte in front moves every pair of surrogates to where a limit would split it.
  'emoji.txt': `y${'😀'.repeat(tenMegabytes / 4)}\nend\n`,
  'accents.txt': `${'é'.repeat(3000)}\r\n`.repeat(30),
}
const files = {
  ...texts,
  'wide-le.txt': Buffer.from('\uFEFFgrüße\r\nzwei😀\n', 'utf16le'),
  'wide-be.txt': bigEndian('\uFEFFgrüße\nzwei'),
}
const readers = ['cat', 'head', 'tail', 'preview', 'smart_read', 'smart_cat', 'wc'] as const

test('no tool gives more than the limits allow, splits a character, or leaves out a notice', async () => {
  await using open = await openAgent(files)
  for (const path of Object.keys(files)) {
    for (const tool of readers) {
      const call = tool === 'smart_cat' ? { paths: [path, path] } : { path }
      const result = await open.agent.runTool(tool, call)
      expect(result, `${tool} ${path}`).toMatchObject({ ok: true, error: null })
      expect(problemsOf(result), `${tool} ${path}`).toEqual([])
    }
  }
  const found = await open.agent.runTool('grep', { pattern: '.' })
  expect(problemsOf(found)).toEqual([])
}, 60_000)

/** Of a cut line the notice names the call that gives it whole, which the test below tries. */
const withoutLongLines = Object.entries(texts).filter(([, text]) => !/.{2001}/u.test(text))

test.each(withoutLongLines)('following the calls for the rest of %j gives all of it once', async (path, text) => {
  await using open = await openAgent({ [path]: text })
  const shown = await follow(open, { tool: 'cat', arguments: { path } })
  expect(shown.map(({ text: body }) => body).join('')).toBe(text)
})

test('following the call for the rest of one line of 10 MB gives it whole', async () => {
  const line = `y${'😀'.repeat(tenMegabytes / 4)}\n`
  await using open = await openAgent({ 'emoji.txt': `${line}end\n` })
  const [first, second] = await follow(open, { tool: 'cat', arguments: { path: 'emoji.txt' } })
  expect(first?.text).toBe(`y${'😀'.repeat(999)} [4998002 more characters]\nend\n`)
  expect(second?.text === line).toBe(true)
})

test('following the calls for the rest of a search gives each match once', async () => {
  await using open = await openAgent({ 'many.txt': numbered(450), 'few.txt': 'line 0\n' })
  const results = await follow(open, { tool: 'grep', arguments: { pattern: 'line' } })
  expect(results.map(({ result }) => result.shown)).toEqual([100, 100, 100, 100, 51])
  expect(results.map(({ text }) => text).join('')).toBe(
    `few.txt:1:line 0\n${numbered(450).replaceAll(/^line (\d+)$/gm, 'many.txt:$1:line $1')}`,
  )
})

test.each(['ls', 'find'])('following the calls for the rest of %s gives each of 450 entries once', async (tool) => {
  const names = Array.from({ length: 450 }, (_, index) => `f${String(index).padStart(3, '0')}`)
  await using open = await openAgent(Object.fromEntries(names.map((name) => [name, ''])))
  const results = await follow(open, { tool, arguments: {} })
  expect(results.map(({ result }) => result.shown)).toEqual([200, 200, 50])
  expect(results.map(({ text }) => text).join('')).toBe(`${names.join('\n')}\n`)
})

test('the notice names what is shown, of how much, and the call for the rest', async () => {
  await using open = await openAgent({ 'many.txt': numbered(5000), 'line.txt': `short\n${'x'.repeat(3000)}\n` })
  const notice = async (tool: string, call: object): Promise<string> =>
    splitNotice(await open.agent.runTool(tool, call)).notice
  expect(await notice('cat', { path: 'many.txt', start_line: 11 })).toBe(
    '[Shown: lines 11 to 2010 of 5000. The rest: cat {"path":"many.txt","start_line":2011}]',
  )
  expect(await notice('tail', { path: 'many.txt', lines: 3000 })).toBe(
    '[Shown: lines 2001 to 4000 of 5000. The rest: cat {"path":"many.txt","start_line":4001,"end_line":5000}]',
  )
  expect(await notice('cat', { path: 'line.txt' })).toBe(
    '[Shown: lines 1 to 2 of 2, long lines cut: 2. The rest: cat {"path":"line.txt","start_line":2,"end_line":2,"limit":0}]',
  )
  expect(await notice('preview', { path: 'line.txt' })).toBe(
    '[Shown: lines 1 to 2 of 2, long lines cut: 2. The rest: cat {"path":"line.txt","start_line":2,"end_line":2,"limit":0}]',
  )
})

/** Follows the calls for the rest to their end; texts are without their notices. */
async function follow(open: TestAgent, first: ToolCall): Promise<{ text: string; result: ToolResult }[]> {
  const shown: { text: string; result: ToolResult }[] = []
  for (let call: ToolCall | null = first; call !== null; call = shown.at(-1)?.result.next ?? null) {
    const result = await open.agent.runTool(call.tool, call.arguments)
    shown.push({ text: splitNotice(result).body, result })
  }
  return shown
}

function problemsOf(result: ToolResult): string[] {
  const { body, notice } = splitNotice(result)
  const lines = body.split('\n')
  const headings = 600
  return [
    ...(body.isWellFormed() ? [] : ['a character is split']),
    ...(Buffer.byteLength(body) > 51_200 + headings ? [`${Buffer.byteLength(body)} bytes`] : []),
    ...(lines.length > 2010 ? [`${lines.length} lines`] : []),
    ...(lines.some((line) => line.length > 2100) ? ['a line is too long'] : []),
    ...(/ more characters\]/.test(body) && notice === '' ? ['a line was cut without a notice'] : []),
    ...(notice !== '' && !/^\[Shown: .* of .*\]$/.test(notice) ? [`the notice is ${notice}`] : []),
  ]
}
