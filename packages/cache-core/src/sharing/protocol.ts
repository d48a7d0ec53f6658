/*
 * Protocol version 3, little-endian. A frame is: length u32 of what follows | message u8 | request id u32 | body.
 * The first frame of a follower is `hello`, answered by `ready` or `refused`; then requests are answered in any order,
 * each under its id. Values of 64 KiB and more are files and never cross the socket. Version 1 knows no jobs,
 * and version 2 no leases.
 */

/** The versions that this module speaks, both included. */
export const protocolVersions = { lowest: 1, highest: 3 } as const

/** The version since which the owner does long jobs. */
export const jobsSince = 2

/** The version since which the owner gives leases. */
export const leasesSince = 3

/** "FSAC": what a hello begins with. */
export const magic = 0x43_41_53_46

/** Bytes of a frame before its body. */
export const frameHeaderBytes = 9

/** Bytes of a frame at most. */
export const largestFrameBytes = 16 * 1024 * 1024

/** Bytes of a frame at most from somebody who has not shown the token yet. */
export const largestHelloBytes = 256

/** Bytes of the token in `owner.json`, and of the name that a follower gives itself. */
export const tokenBytes = 32
export const clientIdBytes = 16

/** Milliseconds that the owner may take to answer a read before it counts as silent. */
export const answerWithin = 250

/** Numbers of the messages. */
export const messages = {
  hello: 1,
  find: 2,
  set: 3,
  delete: 4,
  clear: 5,
  deleteByTag: 6,
  keys: 7,
  compact: 8,
  ping: 9,
  discard: 10,
  touch: 11,
  job: 12,
  cancel: 13,
  lease: 14,
  leasedSet: 15,
  ready: 128,
  refused: 129,
  absent: 130,
  record: 131,
  result: 132,
  keyPage: 133,
  report: 134,
  failure: 135,
} as const

/** Said about bytes that are not of this protocol. */
export class MalformedMessageError extends Error {
  override readonly name = 'MalformedMessageError'
}
