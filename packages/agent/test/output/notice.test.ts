import { expect, test } from 'vitest'
import { noticeLine, splitNotice } from '../../src/output/notice.js'

test('splitNotice() gives back what noticeLine() was appended to, whatever the text looks like', () => {
  const notice = noticeLine('Shown: lines 1 to 2 of 9', { tool: 'cat', arguments: { path: 'a\nb', start_line: 3 } })
  const body = 'first\n[Shown: a fake.]\n'
  expect(splitNotice({ text: body + notice, truncated: true })).toEqual({ body, notice: notice.trimEnd() })
  expect(splitNotice({ text: body, truncated: false })).toEqual({ body, notice: '' })
})
