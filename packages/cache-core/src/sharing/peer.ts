import type { Socket } from 'node:net'
import type { Store } from '../store.js'
import { FrameReader, type Frame } from './frame-reader.js'
import { FrameSender } from './frame-sender.js'
import { commonVersion, decodeHello, encodeWelcome, isToken } from './greeting.js'
import { largestFrameBytes, largestHelloBytes, MalformedMessageError, protocolVersions } from './protocol.js'
import { PeerJobs } from './peer-jobs.js'
import { encodeReply, type Reply } from './reply.js'
import { decodeRequest } from './request.js'
import { serveRequest } from './serve-request.js'

/** Milliseconds in which a peer must have said hello, and in which a frame that has begun must end. */
const helloWithin = 1000
const frameWithin = 5000

/** Milliseconds that a peer may take to fetch its last answers. */
const hangUpWithin = 250

/** Requests of one peer that may wait for their answers, and bytes of one peer in frames that were not answered. */
const mostUnanswered = 256
const mostUnansweredBytes = 4_194_304

/** What a connection is told about the owner it reached. */
export interface PeerSettings {
  readonly store: Store
  readonly epoch: number
  readonly token: Buffer
  /** Told when the peer has shown the token, before it is let in. */
  readonly onWelcome: (peer: Peer) => void
}

/** One connection to the owner: a follower, or somebody else who is sent away. */
export class Peer {
  /** Chosen by the follower; `undefined` until it has shown the token. */
  clientId: string | undefined
  readonly #socket: Socket
  readonly #settings: PeerSettings
  readonly #reader = new FrameReader(largestHelloBytes)
  readonly #sender: FrameSender
  readonly #jobs = new PeerJobs()
  #deadline: NodeJS.Timeout | undefined
  #unanswered = 0
  #unansweredBytes = 0
  #onAnswered: (() => void) | undefined
  #isStopped = false

  constructor(socket: Socket, settings: PeerSettings) {
    this.#socket = socket
    this.#settings = settings
    this.#sender = new FrameSender(socket)
    this.#expire(helloWithin)
    socket.unref()
    socket.on('data', (chunk: Buffer) => this.#receive(chunk))
    socket.on('drain', () => this.#work())
    socket.on('close', () => {
      clearTimeout(this.#deadline)
      this.#jobs.cancelAll()
      this.#onAnswered?.()
    })
    // What went wrong does not matter: 'close' follows, and the follower finds another way.
    socket.on('error', () => socket.destroy())
  }

  /** Takes no more requests, answers those it took, and hangs up. */
  async stop(): Promise<void> {
    this.#isStopped = true
    this.#socket.pause()
    if (this.clientId === undefined || this.#socket.destroyed) return this.destroy()
    if (this.#unanswered > 0) await new Promise<void>((resolve) => (this.#onAnswered = resolve))
    // The peer may have gone meanwhile: nothing more is heard of a connection that has ended.
    if (this.#socket.destroyed) return
    this.#sender.flush()
    await this.#hangUp()
  }

  /** Hangs up at once: what was not answered is asked again elsewhere. */
  destroy(): void {
    this.#isStopped = true
    this.#socket.destroy()
    this.#onAnswered?.()
  }

  #receive(chunk: Buffer): void {
    this.#reader.add(chunk)
    this.#work()
  }

  /** Serves what came while the peer takes its answers and does not ask faster than it can be served. */
  #work(): void {
    try {
      while (!this.#isStopped && !this.#isFull) {
        const frame = this.#reader.next()
        if (frame === undefined) break
        if (this.clientId === undefined) this.#greet(frame)
        else this.#serve(frame)
      }
    } catch (error) {
      if (!(error instanceof MalformedMessageError)) throw error
      this.destroy()
    }
    if (this.#isStopped) return
    if (this.clientId !== undefined) this.#watchFrame()
    if (this.#isFull) this.#socket.pause()
    else if (this.#socket.isPaused()) this.#socket.resume()
  }

  get #isFull(): boolean {
    if (this.#socket.writableNeedDrain) return true
    return this.#unanswered >= mostUnanswered || this.#unansweredBytes >= mostUnansweredBytes
  }

  #greet(frame: Frame): void {
    const hello = decodeHello(frame)
    const version = commonVersion(hello)
    if (!isToken(hello.token, this.#settings.token)) return this.destroy()
    if (version === undefined) {
      this.#isStopped = true
      this.#socket.end(encodeWelcome({ type: 'refused', ...protocolVersions }), () => this.destroy())
      return
    }
    clearTimeout(this.#deadline)
    this.#deadline = undefined
    this.clientId = hello.clientId
    this.#reader.limit = largestFrameBytes
    this.#settings.onWelcome(this)
    const { epoch } = this.#settings
    this.#sender.send((writer) => writer.bytes(encodeWelcome({ type: 'ready', version, epoch })))
  }

  #serve(frame: Frame): void {
    const answer = serveRequest(this.#settings.store, decodeRequest(frame), this.#jobs)
    // Most reads: what needs no waiting is not counted as waiting, and costs no promise.
    if (answer instanceof Promise) void this.#answerLater(frame, answer)
    else this.#answer(frame.id, answer)
  }

  async #answerLater({ id, body }: Frame, answer: Promise<Reply | undefined>): Promise<void> {
    this.#unanswered += 1
    this.#unansweredBytes += body.length
    const reply = await answer
    this.#unanswered -= 1
    this.#unansweredBytes -= body.length
    if (this.#socket.destroyed) return
    this.#answer(id, reply)
    if (this.#unanswered === 0) this.#onAnswered?.()
    this.#work()
  }

  #answer(id: number, reply: Reply | undefined): void {
    if (reply !== undefined) this.#sender.send((writer) => encodeReply(writer, reply, id))
  }

  /** Ends the connection once the peer has what was sent, or has had the time to take it. */
  async #hangUp(): Promise<void> {
    const patience = setTimeout(() => this.destroy(), hangUpWithin)
    const closed = new Promise<void>((resolve) => this.#socket.once('close', () => resolve()))
    this.#socket.end(() => this.destroy())
    await closed
    clearTimeout(patience)
  }

  #watchFrame(): void {
    // While this side does not read, the peer cannot be blamed.
    if (!this.#reader.isWaiting || this.#isFull) {
      clearTimeout(this.#deadline)
      this.#deadline = undefined
    } else if (this.#deadline === undefined) this.#expire(frameWithin)
  }

  #expire(milliseconds: number): void {
    this.#deadline = setTimeout(() => this.destroy(), milliseconds).unref()
  }
}
