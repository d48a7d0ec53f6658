import type { Socket } from 'node:net'
import { FrameReader, type Frame } from './frame-reader.js'
import { FrameSender } from './frame-sender.js'
import { answerWithin, largestFrameBytes, MalformedMessageError } from './protocol.js'
import { decodeReply, type Reply } from './reply.js'
import { encodeRequest, withoutValue, type Request } from './request.js'

/** Requests that wait for their answers at a time; more wait here for their turn. */
const mostUnanswered = 512

/** Milliseconds for which an owner may take in so many requests and answer none: they wait for one write to the disk. */
const stuckWithin = 2000

/** Whom a link tells about its owner. */
export interface LinkListener {
  /** A read was not answered in time. */
  onSilence(): void
  /** Something came after a silence. */
  onAnswer(): void
  /** The connection has ended. */
  onEnd(): void
}

interface Waiting {
  readonly request: Request
  readonly resolve: (reply: Reply | undefined) => void
  /** Milliseconds after which nobody waits for the answer any more. */
  readonly within: number
  sentAt: number
}

/**
 * A follower's connection to the owner: requests in the order of the calls, many at a time. It keeps the process alive
 * only while something waits for an answer.
 */
export class Link {
  readonly epoch: number
  /** Of the protocol. */
  readonly version: number
  readonly #socket: Socket
  readonly #reader = new FrameReader(largestFrameBytes)
  readonly #sender: FrameSender
  readonly #sent = new Map<number, Waiting>()
  #queued: Waiting[] = []
  #listener: LinkListener | undefined
  #watch: NodeJS.Timeout | undefined
  #nextId = 1
  /** When something last came, and since when there are requests that could not be sent. */
  #heardAt = 0
  #blockedAt: number | undefined
  #isSilent = false
  /** Whether the connection keeps the process alive. */
  #isHeld = false
  #isTrusted = false
  #isEnded = false

  /** Takes over a socket on which hello and welcome were exchanged. */
  constructor(socket: Socket, { epoch, version }: { readonly epoch: number; readonly version: number }) {
    this.epoch = epoch
    this.version = version
    this.#socket = socket
    this.#sender = new FrameSender(socket)
    socket.on('data', (chunk: Buffer) => this.#receive(chunk))
    socket.on('drain', () => this.#send())
    socket.on('close', () => this.#end())
    // What went wrong does not matter: 'close' follows.
    socket.on('error', () => socket.destroy())
    socket.unref()
    socket.resume()
  }

  /** Whether a read was not answered in time and nothing came since. */
  get isSilent(): boolean {
    return this.#isSilent
  }

  get isEnded(): boolean {
    return this.#isEnded
  }

  /** From now on the owner is never taken for silent: it is a thread of this process. */
  trust(): void {
    this.#isTrusted = true
  }

  /** Who is to be told; at once when the connection has ended already. */
  listen(listener: LinkListener): void {
    this.#listener = listener
    if (this.#isEnded) listener.onEnd()
  }

  /** Asks for an entry, or only for an answer; `undefined` when none comes at once: then the owner is silent. */
  read(request: Request): Promise<Reply | undefined> {
    if (this.#isSilent) return Promise.resolve(undefined)
    return this.request(request, answerWithin)
  }

  /** Asks for something that takes its time: `undefined` when the connection or the time ends before the answer. */
  request(request: Request, within: number): Promise<Reply | undefined> {
    if (this.#isEnded) return Promise.resolve(undefined)
    return new Promise((resolve) => {
      this.#hold()
      this.#queued.push({ request, resolve, within, sentAt: 0 })
      this.#send()
    })
  }

  /** Lets the process end although something was not answered: nobody waits for it any more. */
  unref(): void {
    this.#isHeld = false
    this.#socket.unref()
  }

  /** Hangs up. */
  close(): void {
    this.#socket.destroy()
    this.#end()
  }

  #send(): void {
    if (this.#queued.length === 0) return
    const sentAt = performance.now()
    let count = 0
    for (const waiting of this.#queued) {
      if (this.#sent.size >= mostUnanswered || this.#socket.writableNeedDrain) break
      count += 1
      const id = this.#nextId
      this.#nextId = (id + 1) >>> 0
      waiting.sentAt = sentAt
      this.#sent.set(id, waiting)
      this.#sender.send((writer) => encodeRequest(writer, waiting.request, id))
    }
    if (count === this.#queued.length) {
      this.#queued = []
      this.#blockedAt = undefined
    } else {
      this.#queued.splice(0, count)
      this.#blockedAt ??= sentAt
    }
    if (this.#sent.size > 0) this.#watch ??= this.#lookAfter(answerWithin)
  }

  #receive(chunk: Buffer): void {
    this.#heardAt = performance.now()
    try {
      this.#reader.add(chunk)
      for (let frame = this.#reader.next(); frame !== undefined; frame = this.#reader.next()) this.#answer(frame)
    } catch (error) {
      if (!(error instanceof MalformedMessageError)) throw error
      this.close()
      return
    }
    if (this.#isSilent) {
      this.#isSilent = false
      this.#listener?.onAnswer()
    }
    this.#send()
    // The next look stays planned: it is cheaper to let it find nothing than to plan one for each request.
    if (this.#sent.size === 0 && this.#queued.length === 0) this.unref()
  }

  #answer(frame: Frame): void {
    const reply = decodeReply(frame)
    const waiting = this.#sent.get(frame.id)
    this.#sent.delete(frame.id)
    waiting?.resolve(reply)
  }

  #hold(): void {
    if (this.#isHeld) return
    this.#isHeld = true
    this.#socket.ref()
  }

  #lookAfter(milliseconds: number): NodeJS.Timeout {
    // What came while this process was busy is read before the look.
    return setTimeout(() => setImmediate(() => this.#look()), Math.max(1, milliseconds)).unref()
  }

  #look(): void {
    this.#watch = undefined
    if (this.#isEnded || this.#sent.size === 0) return
    const now = performance.now()
    const mayBeSilent = !this.#isSilent && !this.#isTrusted
    const stuckFor = mayBeSilent ? this.#stuckFor(now) : 0
    if (stuckFor >= stuckWithin) return this.#fallSilent()
    if (stuckFor >= answerWithin) this.#missQueued()
    let hasRead = false
    let next = answerWithin - (stuckFor % answerWithin)
    for (const [id, { within, sentAt, resolve }] of this.#sent) {
      hasRead ||= within === answerWithin
      const left = within - (now - sentAt)
      if (left > 0) {
        next = Math.min(next, left)
        continue
      }
      if (within === answerWithin) return this.#fallSilent()
      this.#sent.delete(id)
      resolve(undefined)
    }
    this.#watch = this.#lookAfter(next)
    // What takes its time does not show whether the owner is still there.
    if (!hasRead && mayBeSilent) void this.read({ type: 'ping' })
  }

  /** Milliseconds for which nothing came while requests wait to be sent: not even a ping gets through then. */
  #stuckFor(now: number): number {
    return this.#blockedAt === undefined ? 0 : now - Math.max(this.#blockedAt, this.#heardAt)
  }

  /** Gives up the reads that could not even be sent. */
  #missQueued(): void {
    const impatient = this.#queued.filter(({ within }) => within === answerWithin)
    this.#queued = this.#queued.filter(({ within }) => within !== answerWithin)
    for (const { resolve } of impatient) resolve(undefined)
  }

  /** Gives up what must be answered in some time, however long. The connection stays: all else still happens in its order. */
  #fallSilent(): void {
    this.#isSilent = true
    const impatient = [...this.#sent].filter(([, { within }]) => Number.isFinite(within))
    for (const [id] of impatient) this.#sent.delete(id)
    const queued = this.#queued.filter(({ within }) => Number.isFinite(within))
    this.#queued = this.#queued
      .filter(({ within }) => !Number.isFinite(within))
      .map((waiting) => ({ ...waiting, request: withoutValue(waiting.request) }))
    this.#blockedAt = undefined
    for (const { resolve } of [...impatient.map(([, waiting]) => waiting), ...queued]) resolve(undefined)
    if (this.#sent.size === 0 && this.#queued.length === 0) this.unref()
    this.#listener?.onSilence()
  }

  #end(): void {
    if (this.#isEnded) return
    this.#isEnded = true
    clearTimeout(this.#watch)
    this.unref()
    const unanswered = [...this.#sent.values(), ...this.#queued]
    this.#sent.clear()
    this.#queued = []
    this.#listener?.onEnd()
    for (const { resolve } of unanswered) resolve(undefined)
  }
}
