import { writeFileSync } from 'node:fs'
import { temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { DescriptorFoothold } from '../src/descriptor-foothold.js'
import { DirectoryNode } from '../src/directory-node.js'
import { DirectoryWatches } from '../src/directory-watches.js'
import { EventQueue } from '../src/event-queue.js'

test('a directory whose events come faster than they can be read is watched no longer, and everything is in doubt', async () => {
  using directory = temporaryDirectory()
  using foothold = DescriptorFoothold.hold(directory.path)
  const node = new DirectoryNode('', 0, undefined)
  const queue = new EventQueue()
  const watches = new DirectoryWatches(queue, { distrustBulk: true, isPlain: () => false })
  watches.watch(node, foothold)
  writeFileSync(directory.join('first'), '')
  await watches.drained()
  expect([...(watches.take()[0]?.names.keys() ?? [])]).toEqual(['first'])
  // What a process does that renames without end: the event loop does not turn between these.
  for (let event = 0; event <= queue.capacity; event += 1) queue.count()
  const { watch } = node
  if (watch !== undefined) watches.onEvent(watch, Buffer.from('flooded'), true)
  expect(watches.lostEvents).toBe(true)
  await watches.drained()
  watches.forget()
  writeFileSync(directory.join('second'), '')
  await watches.drained()
  expect(watches.take()).toEqual([])
  watches.watch(node, foothold)
  writeFileSync(directory.join('third'), '')
  await watches.drained()
  expect([...(watches.take()[0]?.names.keys() ?? [])]).toEqual(['third'])
  watches.close([node])
})

test('a burst that the queue can hold does not end a watch', async () => {
  const queue = new EventQueue()
  for (let event = 0; event < queue.capacity; event += 1) queue.count()
  expect(queue.isFlooded).toBe(false)
  queue.count()
  expect(queue.isFlooded).toBe(true)
  await queue.drained()
  expect(queue.isFlooded).toBe(false)
})
