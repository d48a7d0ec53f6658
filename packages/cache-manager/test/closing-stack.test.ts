import { expect, test } from 'vitest'
import { ClosingStack } from '../src/closing-stack.js'

test('close() closes in reverse, once, however often it is called', async () => {
  const closed: string[] = []
  const stack = new ClosingStack()
  expect(stack.add('first', (name) => void closed.push(name))).toBe('first')
  stack.add('second', async (name) => {
    await Promise.resolve()
    closed.push(name)
  })
  await Promise.all([stack.close(), stack.close()])
  await stack.close()
  expect(closed).toEqual(['second', 'first'])
})

test('close() closes the rest when one fails, and rejects with the failure', async () => {
  const closed: string[] = []
  const stack = new ClosingStack()
  stack.add('first', (name) => void closed.push(name))
  stack.add('second', () => Promise.reject(new Error('stuck')))
  await expect(stack.close()).rejects.toThrow('stuck')
  expect(closed).toEqual(['first'])
})
