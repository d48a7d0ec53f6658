import type { Socket } from 'node:net'
import { ByteWriter } from './byte-writer.js'

/** Bytes that are sent without waiting for the rest of the turn, so that the other side has work meanwhile. */
const enoughBytes = 16_384

/** Sends frames over a socket; those of one turn of the event loop as one write, or a few. */
export class FrameSender {
  readonly #socket: Socket
  readonly #writer = new ByteWriter()
  readonly #flush = (): void => this.flush()

  constructor(socket: Socket) {
    this.#socket = socket
  }

  /** Sends a frame that is written now. */
  send(write: (writer: ByteWriter) => void): void {
    const isFirst = this.#writer.length === 0
    write(this.#writer)
    if (this.#writer.length >= enoughBytes) this.flush()
    else if (isFirst) queueMicrotask(this.#flush)
  }

  /** Hands over what waits. */
  flush(): void {
    if (this.#writer.length === 0) return
    const frames = this.#writer.take()
    if (!this.#socket.destroyed) this.#socket.write(frames)
    // As a rule the system has a copy by now; otherwise the socket goes on reading from this memory.
    this.#writer.recycle(this.#socket.writableLength === 0)
  }
}
