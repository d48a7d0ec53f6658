import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { ProgressBar } from '../../src/rendering/progress-bar.js'
import { Terminal } from '../../src/terminal.js'

async function drawn(options: { readonly isTTY: boolean; readonly quiet: boolean }): Promise<string> {
  const stderr = Object.assign(new PassThrough(), { isTTY: options.isTTY })
  const terminal = new Terminal({ stdout: new PassThrough(), stderr, environment: {} })
  const bar = new ProgressBar(terminal, options)
  bar.update(0, 4)
  bar.update(1, 4)
  bar.update(1, 4)
  bar.clear()
  await terminal.flush()
  stderr.end()
  return text(stderr)
}

test('update() redraws the bar in place when it changed, and clear() takes it away', async () => {
  const output = await drawn({ isTTY: true, quiet: false })
  expect(output.split('\r\u001B[K')).toEqual([
    '',
    expect.stringMatching(/ 0% 0\/4$/),
    expect.stringMatching(/ 25% 1\/4$/),
    '',
  ])
})

test('update() draws nothing where stderr is no terminal, nor when it must be quiet', async () => {
  expect(await drawn({ isTTY: false, quiet: false })).toBe('')
  expect(await drawn({ isTTY: true, quiet: true })).toBe('')
})
