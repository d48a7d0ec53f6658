import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { seededRandom, temporaryDirectory } from '@fsagent/testing'
import { expect, test } from 'vitest'
import { ByteWriter } from '../src/sharing/byte-writer.js'
import { FrameReader } from '../src/sharing/frame-reader.js'
import { FrameSender } from '../src/sharing/frame-sender.js'
import { largestFrameBytes } from '../src/sharing/protocol.js'

const seed = 20_261

/** What a frame with this number holds: its length and every byte of it follow from the number. */
function body(id: number): Buffer {
  return Buffer.alloc((id * 7919) % 5000, id % 251)
}

function writeFrame(writer: ByteWriter, id: number): void {
  writer
    .begin(id % 7, id)
    .bytes(body(id))
    .end()
}

test('next() gives every frame whole, wherever the stream was cut', () => {
  const random = seededRandom(seed)
  const writer = new ByteWriter()
  for (let id = 0; id < 200; id += 1) writeFrame(writer, id)
  const stream = Buffer.from(writer.take())
  const reader = new FrameReader(largestFrameBytes)
  let id = 0
  for (let start = 0; start < stream.length;) {
    const end = start + random.integer(1, random.next() < 0.5 ? 12 : 9000)
    reader.add(stream.subarray(start, end))
    start = end
    for (let frame = reader.next(); frame !== undefined; frame = reader.next()) {
      expect([frame.message, frame.id, frame.body.length]).toEqual([id % 7, id, body(id).length])
      expect(frame.body.rest().equals(body(id))).toBe(true)
      id += 1
    }
  }
  expect(id).toBe(200)
  expect(reader.isWaiting).toBe(false)
})

test('send() leaves frames alone that the socket has not handed over yet', async () => {
  using folder = temporaryDirectory()
  const server = createServer().listen(join(folder.path, 'socket'))
  await once(server, 'listening')
  const accepted: Promise<Socket[]> = once(server, 'connection')
  const socket = connect(join(folder.path, 'socket'))
  const [peer] = await accepted
  if (peer === undefined) throw new Error('Cannot send: nobody listens')
  peer.pause()
  const sender = new FrameSender(socket)
  const count = 2000
  for (let id = 0; id < count; id += 1) {
    sender.send((writer) => writeFrame(writer, id))
    if (id % 50 === 0) await new Promise(setImmediate)
  }
  expect(socket.writableLength).toBeGreaterThan(0)

  const reader = new FrameReader(largestFrameBytes)
  let id = 0
  peer.on('data', (chunk: Buffer) => {
    reader.add(chunk)
    for (let frame = reader.next(); frame !== undefined; frame = reader.next()) {
      if (frame.id !== id || !frame.body.rest().equals(body(id))) peer.destroy(new Error(`Frame ${id} is damaged`))
      id += 1
    }
    if (id === count) peer.end()
  })
  peer.resume()
  socket.on('end', () => socket.destroy())
  await once(peer, 'close')
  expect(id).toBe(count)
  server.close()
})
