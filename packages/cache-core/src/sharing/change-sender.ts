import { crc32 } from 'node:zlib'
import { blobThresholdBytes, type BlobStore } from '../blob-store.js'
import type { NewEntry } from '../new-entry.js'
import { within } from '../within.js'
import type { Link } from './link.js'
import { answerWithin } from './protocol.js'
import type { Reply } from './reply.js'
import type { Request, SentValue } from './request.js'
import { blobNeeded } from './serve-request.js'

/** What the owner made of a change, as a number; `undefined` when the connection ended before it said so. */
type Answer = Promise<number | undefined>

/**
 * Sends changes in the order of the calls. A large value goes to its file first, and what is asked for after it waits
 * until the owner has taken it.
 */
export class ChangeSender {
  readonly #link: Link
  readonly #blobs: BlobStore
  readonly #onUnwritten: (failure: unknown) => void
  #busy: Promise<unknown> | undefined

  /** `onUnwritten` is told why the file of a large value could not be written, when nobody can find an older one. */
  constructor(link: Link, blobs: BlobStore, onUnwritten: (failure: unknown) => void) {
    this.#link = link
    this.#blobs = blobs
    this.#onUnwritten = onUnwritten
  }

  set(entry: NewEntry): Answer {
    const { bytes } = entry.encoded
    if (bytes.length < blobThresholdBytes) return this.send(setRequest(entry, { bytes }))
    const { name, outcome } = this.#blobs.hold(bytes)
    return this.#inOrder(async () => {
      const { failure } = await outcome
      this.#blobs.release(name)
      if (failure !== undefined) return await this.#refuse(entry, failure)
      const request = setRequest(entry, { blobName: name, checksum: crc32(bytes) })
      const answer = await this.#take(request)
      if (answer !== blobNeeded) return answer
      // The file was damaged, or went because no other entry used it any more.
      const again = await this.#blobs.overwrite(name, bytes)
      if (again.failure !== undefined) return await this.#refuse(entry, again.failure)
      const last = await this.#take(request)
      return last === blobNeeded ? await this.#refuse(entry, new Error('its owner cannot read it')) : last
    })
  }

  send(request: Request): Answer {
    return this.#busy === undefined ? this.#take(request) : this.#inOrder(() => this.#take(request))
  }

  /** Resolves when everything asked for until now was handed to the connection, or after a while. */
  async unsent(): Promise<void> {
    if (this.#busy === undefined) return
    await within(this.#busy, answerWithin)
  }

  /** No older value may stay under the key. */
  async #refuse(entry: NewEntry, failure: unknown): Answer {
    const answer = await this.#take({ type: 'delete', entry }, 0)
    if (answer !== undefined) this.#onUnwritten(failure)
    return answer
  }

  #inOrder(action: () => Answer): Answer {
    const current = (this.#busy ?? Promise.resolve()).then(action)
    this.#busy = current
    return current.finally(() => {
      if (this.#busy === current) this.#busy = undefined
    })
  }

  async #take(request: Request, answer?: number): Answer {
    const value = valueOf(await this.#link.request(request, Number.POSITIVE_INFINITY))
    return value === undefined ? undefined : (answer ?? value)
  }
}

function setRequest(given: NewEntry, value: SentValue): Request {
  const { namespace, text, address, encoded, ttlSeconds, tags, lease = 0 } = given
  return { type: 'set', entry: { namespace, text, address }, kind: encoded.kind, ttlSeconds, tags, lease, value }
}

function valueOf(reply: Reply | undefined): number | undefined {
  return reply?.type === 'result' ? reply.value : undefined
}
