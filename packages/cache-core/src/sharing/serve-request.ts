import { crc32 } from 'node:zlib'
import type { EntryAddress } from '../entry-address.js'
import { readRecord } from '../entry-reader.js'
import { entryKey } from '../layout.js'
import type { Store } from '../store.js'
import { escapeText, unescapeText } from '../well-formed-text.js'
import type { PeerJobs } from './peer-jobs.js'
import type { Reply } from './reply.js'
import type { KeysRequest, Request, SentValue, SetRequest } from './request.js'

/** A page of keys ends when it has that many, or that many characters. */
const pageLength = 2000
const pageCharacters = 500_000

/** Longer keys, in characters, do not fit into a frame for certain. */
const longestListedKey = 4_000_000

/** What a set is answered when its file is missing or damaged: the follower is to write it again. */
export const blobNeeded = 2

/**
/** What a request is answered, or nothing when the store has ended. */
type Answer = Reply | undefined

const absent: Reply = { type: 'absent' }

/**
 * Does what a follower asks; no answer when the store has ended, so that the follower asks elsewhere. What changes the
 * store is handed to it before this returns, so that requests take effect in the order of the calls. `jobs` are those of
 * the same follower.
 */
export function serveRequest(store: Store, request: Request, jobs: PeerJobs): Answer | Promise<Answer> {
  switch (request.type) {
    case 'find':
      return findRecord(store, request.entry)
    case 'lease':
      return result(store.lease(request.entry))
    case 'set':
      return serveSet(store, request)
    case 'delete':
      return result(store.delete(request.entry))
    case 'deleteByTag':
      return result(store.deleteByTag(request))
    case 'clear':
      return result(store.clear(request.namespace))
    case 'keys':
      return listPage(store, request)
    case 'compact':
      return result(store.compact())
    case 'discard':
      store.discard(request.entry)
      return result(undefined)
    case 'touch':
      store.parts.stamps.touch(request.entry.address, store.parts.clock.now())
      return result(undefined)
    case 'job':
      return jobs.perform(store, request)
    case 'cancel':
      jobs.cancel(request.number)
      return result(undefined)
    case 'ping':
      return result(undefined)
    default:
      return request
  }
}

/** The record as it is on disk, unchecked, once what was asked for until now is written: at once when nothing waits. */
function findRecord(store: Store, entry: EntryAddress): Answer | Promise<Answer> {
  return store.parts.pending.get(entry.address) === undefined ? readNow(store, entry) : readOnceWritten(store, entry)
}

async function readOnceWritten(store: Store, entry: EntryAddress): Promise<Answer> {
  const { pending } = store.parts
  for (let write = pending.get(entry.address); write !== undefined; write = pending.get(entry.address)) {
    if (store.isEnded) return undefined
    if (write.value === undefined) return absent
    await store.flush()
  }
  return readNow(store, entry)
}

function readNow(store: Store, entry: EntryAddress): Answer {
  const { ledger, stamps, generations, clock } = store.parts
  const namespaceId = ledger.tally(entry.namespace)?.id
  if (store.isEnded) return undefined
  if (namespaceId === undefined) return absent
  try {
    const raw = readRecord(store.parts, entryKey(namespaceId, entry.text))
    if (raw === 'damaged') store.discard(entry)
    if (raw === undefined || raw === 'damaged') return absent
    stamps.touch(entry.address, clock.now())
    return { type: 'record', namespaceId, raw, generation: generations.generationOf(entry.address) }
  } catch (error) {
    store.fail(error)
    return undefined
  }
}

function serveSet(store: Store, { entry, kind, ttlSeconds, tags, lease, value }: SetRequest): Promise<Reply> {
  const bytes = valueBytes(store, value)
  if (bytes === undefined) return Promise.resolve({ type: 'result', value: blobNeeded })
  const named = 'blobName' in value ? { blobName: value.blobName } : {}
  return result(store.set({ ...entry, ...named, encoded: { kind, bytes }, ttlSeconds, tags, lease }))
}

/** Reads a file at once: read later, the set would be overtaken by what the follower asks next. */
function valueBytes(store: Store, value: SentValue): Buffer | undefined {
  if ('bytes' in value) return value.bytes
  const bytes = store.parts.blobs.readSync(value.blobName)
  return bytes !== undefined && crc32(bytes) === value.checksum ? bytes : undefined
}

async function listPage(store: Store, { namespace, prefix, after }: KeysRequest): Promise<Reply> {
  const keys: string[] = []
  let characters = 0
  for await (const key of store.keys(namespace, { prefix: unescapeText(prefix), after })) {
    const text = escapeText(key)
    if (text.length > longestListedKey) continue
    keys.push(text)
    characters += text.length
    if (keys.length === pageLength || characters > pageCharacters) return { type: 'keyPage', keys, isLast: false }
  }
  return { type: 'keyPage', keys, isLast: true }
}

async function result(outcome: Promise<unknown> | undefined): Promise<Reply> {
  return { type: 'result', value: Number((await outcome) ?? 1) }
}
