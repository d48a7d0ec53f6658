import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { lstatSync } from 'node:fs'
import { chmod, readdir, rm } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { hasCode } from '../error-code.js'
import { ownerFile } from '../layout.js'
import type { Store } from '../store.js'
import { within } from '../within.js'
import { thisMachine, writeOwnerRecord } from './owner-record.js'
import { Peer } from './peer.js'
import { protocolVersions, tokenBytes } from './protocol.js'
import { isSocketName, socketName, socketPlace, type SocketPlace } from './socket-place.js'

/** Milliseconds that a follower may wait for a last answer when the directory is served elsewhere. */
const hangUpWithin = 250

/** Connections at a time; more are turned away. */
const mostConnections = 512

/** Serves the store of an owner to other processes of the same user, in the event loop of the thread it is made in. */
export class StoreServer {
  readonly #directory: string
  readonly #store: Store
  readonly #onFollower: () => void
  readonly #token = randomBytes(tokenBytes)
  readonly #peers = new Set<Peer>()
  readonly #server: Server
  readonly #name = socketName()
  #place: SocketPlace | undefined
  #starting: Promise<void> | undefined
  /** What tells the files by which this owner is found from others in their place; `undefined` until they are there. */
  #signs: string | undefined
  #isEnded = false

  /** `onFollower` is told of each follower that was let in. */
  constructor(directory: string, store: Store, onFollower: () => void = () => {}) {
    this.#directory = directory
    this.#store = store
    this.#onFollower = onFollower
    this.#server = createServer((socket) => this.#accept(socket)).unref()
    this.#server.maxConnections = mostConnections
    // Not even an error of accepting may end the process.
    this.#server.on('error', () => {})
  }

  /** Whether there are followers. */
  get isUsed(): boolean {
    return [...this.#peers].some(({ clientId }) => clientId !== undefined)
  }

  /** Opens the socket and says where it is. Rejects when the file system refuses; then it may be tried again. */
  start(): Promise<void> {
    if (this.#isEnded) return Promise.resolve()
    this.#starting ??= this.#announce().catch((error: unknown) => {
      this.#starting = undefined
      throw error
    })
    return this.#starting
  }

  /**
   * Opens the socket and says where it is once more, when somebody has removed or replaced one of the files by which
   * other processes find their owner. Rejects as {@link start} does.
   */
  async stayReachable(): Promise<void> {
    if (this.#isEnded || this.#signs === this.#readSigns()) return
    this.#server.close()
    this.#starting = undefined
    await this.start()
  }

  /** Lets nobody in any more, answers what was asked, and hangs up. */
  async stop(finish: () => Promise<void>): Promise<void> {
    this.#isEnded = true
    const stops = [...this.#peers].map((peer) => peer.stop())
    await finish()
    await Promise.all(stops)
    await this.#close()
  }

  /**
   * Lets nobody in any more and answers what changes were asked for. Resolves when `finish` does; what else was asked
   * may be answered a little later.
   */
  async retire(finish: () => Promise<void>): Promise<void> {
    this.#isEnded = true
    const stops = [...this.#peers].map((peer) => peer.stop())
    await finish()
    // What begins to listen now would remove the socket of who comes after.
    await this.#started()
    void within(Promise.all(stops), hangUpWithin).then(() => this.#close())
  }

  /** Hangs up at once, without answers: followers ask again what was not answered. */
  async abandon(): Promise<void> {
    this.#isEnded = true
    for (const peer of this.#peers) peer.destroy()
    await this.#close()
  }

  async #announce(): Promise<void> {
    const name = this.#name
    if (!this.#server.listening) await this.#listen()
    if (isSocketName(name)) await chmod(join(this.#directory, name), 0o600)
    const token = this.#token.toString('hex')
    const protocol = protocolVersions.highest
    if (this.#isEnded) return
    const { epoch } = this.#store.parts.generations
    const record = { protocol, epoch, pid: process.pid, ...thisMachine(), socket: name, token }
    await writeOwnerRecord(this.#directory, record)
    this.#signs = this.#readSigns()
  }

  async #listen(): Promise<void> {
    // Whoever listened here before is gone: this process has the lock.
    for (const old of await readdir(this.#directory))
      if (isSocketName(old)) await rm(join(this.#directory, old), { force: true, recursive: true })
    await this.#place?.release()
    this.#place = undefined
    this.#place = await socketPlace(this.#directory, this.#name)
    // Exclusive: among the workers of a cluster the primary would open the socket, and serve those of a dead owner too.
    this.#server.listen({ path: this.#place.path, backlog: 511, exclusive: true })
    await once(this.#server, 'listening')
  }

  /** What socket and record are now; `undefined` when one of them is missing. */
  #readSigns(): string | undefined {
    const names = isSocketName(this.#name) ? [this.#name, ownerFile] : [ownerFile]
    try {
      return names.map((name) => fileSign(join(this.#directory, name))).join()
    } catch (error) {
      if (hasCode(error)) return undefined
      throw error
    }
  }

  #accept(socket: Socket): void {
    if (this.#isEnded) {
      socket.destroy()
      return
    }
    const peer: Peer = new Peer(socket, {
      store: this.#store,
      epoch: this.#store.parts.generations.epoch,
      token: this.#token,
      onWelcome: () => this.#welcome(peer),
    })
    this.#peers.add(peer)
    socket.on('close', () => this.#peers.delete(peer))
  }

  /** A follower that comes again has given its earlier connection up: what still waits there must not happen later. */
  #welcome(newcomer: Peer): void {
    // From now on every change is told, before anything is answered.
    this.#store.parts.generations.share()
    this.#store.publish()
    for (const peer of this.#peers) if (peer !== newcomer && peer.clientId === newcomer.clientId) peer.destroy()
    this.#onFollower()
  }

  async #started(): Promise<void> {
    try {
      await this.#starting
    } catch {
      // Whoever started it was told.
    }
  }

  async #close(): Promise<void> {
    await this.#started()
    if (this.#server.listening) {
      this.#server.close()
      for (const peer of this.#peers) peer.destroy()
      await once(this.#server, 'close')
    }
    await this.#place?.release()
  }
}

/** Tells a file from another in its place, and from itself before it was changed. */
function fileSign(path: string): string {
  const { dev, ino, mtimeNs } = lstatSync(path, { bigint: true })
  return `${dev}:${ino}:${mtimeNs}`
}
