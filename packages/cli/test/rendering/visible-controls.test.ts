import { expect, test } from 'vitest'
import { visibleControls } from '../../src/rendering/visible-controls.js'

test('visibleControls() shows escape sequences and reordering marks instead of obeying them', () => {
  expect(visibleControls('a\u001B[2Jb\u0007c\u009Bd\u202Ee\rf')).toBe('a\\u001b[2Jb\\u0007c\\u009bd\\u202ee\\u000df')
})

test('visibleControls() leaves line ends, tabs and text beyond ASCII alone', () => {
  const text = 'one\ttwo\r\nréunion 東京 🌊\n'
  expect(visibleControls(text)).toBe(text)
})
