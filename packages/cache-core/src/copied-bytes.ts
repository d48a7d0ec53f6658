import { markAsUntransferable } from 'node:worker_threads'

/** Bytes of a piece of memory that copies share: one of its own for each costs more than copying a kilobyte. */
const sharedBytes = 16_384

/** Up to here V8 keeps bytes beside their object, which is cheaper still; from there on sharing gains little. */
const smallestShared = 65
const largestShared = 4096

/** Whoever makes typed arrays of what he got finds it where each kind of number may begin. */
const alignment = 8

let shared = new ArrayBuffer(0)
let sharedUntil = 0

/** A copy of some bytes. Small ones lie in memory with others, as small Buffers do, which nobody can transfer. */
export function copyBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { length } = bytes
  if (length < smallestShared || length > largestShared) return new Uint8Array(bytes)
  // The length is that of the memory itself: there is nothing left of one that somebody has detached nevertheless.
  if (sharedUntil + length > shared.byteLength) {
    shared = new ArrayBuffer(sharedBytes)
    markAsUntransferable(shared)
    sharedUntil = 0
  }
  const copy = new Uint8Array(shared, sharedUntil, length)
  copy.set(bytes)
  sharedUntil += Math.ceil(length / alignment) * alignment
  return copy
}
