import { seededRandom } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { openShared } from './open-cache.js'
import { goodHello, ownerOf, rawPeer } from './raw-peer.js'
import { encodeHello } from '../src/sharing/greeting.js'
import { frameHeaderBytes, messages } from '../src/sharing/protocol.js'

const often = { interval: 2, timeout: 10_000 }

function frame(length: number, message: number, body: Uint8Array = Buffer.alloc(0)): Buffer {
  const header = Buffer.alloc(frameHeaderBytes)
  header.writeUInt32LE(length, 0)
  header.writeUInt8(message, 4)
  return Buffer.concat([header, body])
}

test('peers that send random bytes are sent away, before and after a good hello, and the owner goes on', async () => {
  const random = seededRandom(3)
  await using bench = await openShared()
  const { owner, follower, directory } = bench
  await owner.set('key', 'kept')
  for (let round = 0; round < 200; round += 1) {
    const noise = Buffer.from(Array.from({ length: random.integer(1, 300) }, () => random.integer(0, 255)))
    const message = frame(noise.length + 5, random.integer(0, 255), noise)
    using peer = rawPeer(directory, round % 2 === 0 ? Buffer.concat([noise, Buffer.alloc(300)]) : Buffer.alloc(0))
    if (round % 2 === 1) peer.socket.write(Buffer.concat([goodHello(directory), message]))
    if (round % 2 === 0) await peer.closed
    else await expect.poll(() => peer.received().length + Number(peer.socket.destroyed), often).toBeGreaterThan(0)
  }
  expect([await owner.set('other', 1), await follower.get('other')]).toEqual([true, 1])
})

test.each([
  ['a huge length before the hello', () => frame(2 ** 32 - 1, messages.hello)],
  [
    'a huge length after it',
    (directory: string) => Buffer.concat([goodHello(directory), frame(2 ** 31, messages.find)]),
  ],
  ['no length', (directory: string) => Buffer.concat([goodHello(directory), Buffer.alloc(16)])],
  ['an unknown message', (directory: string) => Buffer.concat([goodHello(directory), frame(5, 99)])],
  [
    'a short message',
    (directory: string) => Buffer.concat([goodHello(directory), frame(7, messages.set, Buffer.alloc(2))]),
  ],
  [
    'a blob name that is a path',
    (directory: string) => Buffer.concat([goodHello(directory), setOfBlob('../owner.json')]),
  ],
  ['a wrong token', () => encodeHello(Buffer.alloc(32), '00'.repeat(16))],
  ['a token of the wrong length', () => encodeHello(Buffer.alloc(31), '00'.repeat(16))],
  ['half a frame and then nothing', () => frame(200, messages.hello).subarray(0, 7)],
  ['nothing at all', () => Buffer.alloc(0)],
])('a peer that sends %s is sent away', async (_, words) => {
  await using bench = await openShared()
  using peer = rawPeer(bench.directory, words(bench.directory))
  await peer.closed
  expect(await bench.follower.set('key', 1)).toBe(true)
})

function setOfBlob(name: string): Buffer {
  const text = (value: string) => Buffer.concat([Buffer.from([value.length, 0, 0, 0]), Buffer.from(value)])
  const body = Buffer.concat([text(''), text('key'), Buffer.from([1]), Buffer.alloc(12), Buffer.from([1]), text(name)])
  return frame(5 + body.length + 4, messages.set, Buffer.concat([body, Buffer.alloc(4)]))
}

test('two hundred silent connections and a peer that never reads take no turn and little memory', async () => {
  await using bench = await openShared({ memoryLimit: 0 })
  const { owner, follower, directory } = bench
  await owner.set('key', 'x'.repeat(60_000))
  const silent = Array.from({ length: 200 }, () => rawPeer(directory, frame(250, messages.hello)))
  using greedy = rawPeer(directory, goodHello(directory))
  await expect.poll(() => greedy.received().length).toBeGreaterThan(0)
  greedy.socket.pause()
  const before = process.memoryUsage().arrayBuffers + process.memoryUsage().external
  const find = frame(5 + 11, messages.find, Buffer.from([0, 0, 0, 0, 3, 0, 0, 0, ...Buffer.from('key')]))
  // Asks for 3 GB and takes none of it: the owner stops reading, and this side must keep what it cannot send.
  for (let round = 0; round < 500; round += 1) greedy.socket.write(Buffer.concat(Array(100).fill(find)))
  for (let round = 0; round < 200; round += 1) expect(await follower.get('key')).toHaveLength(60_000)
  const after = process.memoryUsage().arrayBuffers + process.memoryUsage().external
  expect(after - before).toBeLessThan(400_000_000)
  expect(await owner.set('other', 1)).toBe(true)
  for (const peer of silent) await peer.closed
})

test('a peer of an unknown protocol version is told which ones are known', async () => {
  await using bench = await openShared()
  const hello = goodHello(bench.directory)
  hello.writeUInt32LE(7, frameHeaderBytes + 4)
  hello.writeUInt32LE(9, frameHeaderBytes + 8)
  using peer = rawPeer(bench.directory, hello)
  await peer.closed
  const answer = peer.received()
  expect(answer[4]).toBe(messages.refused)
  expect([answer.readUInt32LE(frameHeaderBytes), answer.readUInt32LE(frameHeaderBytes + 4)]).toEqual([1, 3])
  expect(ownerOf(bench.directory)).toMatchObject({ protocol: 3, socket: expect.stringMatching(/^s-\d+\.sock$/) })
})
