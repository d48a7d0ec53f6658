import type { Socket } from 'node:net'

/** Sends frames over a socket; those of one turn of the event loop as one write. */
export class FrameSender {
  readonly #socket: Socket
  #frames: Buffer[] = []

  constructor(socket: Socket) {
    this.#socket = socket
  }

  send(frame: Buffer): void {
    this.#frames.push(frame)
    if (this.#frames.length === 1) queueMicrotask(() => this.flush())
  }

  /** Hands over what waits. */
  flush(): void {
    const frames = this.#frames
    this.#frames = []
    const [first] = frames
    if (first === undefined || this.#socket.destroyed) return
    this.#socket.write(frames.length === 1 ? first : Buffer.concat(frames))
  }
}
