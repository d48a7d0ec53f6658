import { expect, test } from 'vitest'
import { failureOf } from '../../src/tools/tool-failure.js'

const coded = (code: unknown, message = 'Cannot open "/data/root/sub/a.txt" in /data/root: gone'): Error =>
  Object.assign(new Error(message), { code })

test('failureOf() passes on stable codes and takes the data root out of messages', () => {
  expect(failureOf(coded('FILE_NOT_FOUND'), '/data/root')).toEqual({
    code: 'FILE_NOT_FOUND',
    message: 'Cannot open "sub/a.txt" in .: gone',
  })
})

test('failureOf() translates what the operating system says, without its paths', () => {
  expect(failureOf(coded('EACCES'), '/data/root')).toEqual({
    code: 'PERMISSION_DENIED',
    message: 'Cannot read file: permission denied',
  })
})

test.each([new TypeError('bug'), coded('ERR_INVALID_ARG_TYPE'), coded(20), 'text', undefined])(
  'failureOf(%s) leaves mistakes in our code to be thrown',
  (error) => {
    expect(failureOf(error, '/data/root')).toBeUndefined()
  },
)
