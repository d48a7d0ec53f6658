import { connect, type Socket } from 'node:net'
import { FrameReader } from './frame-reader.js'
import { decodeWelcome, encodeHello, type Welcome } from './greeting.js'
import { Link } from './link.js'
import { readOwnerRecord, thisMachine, type OwnerRecord } from './owner-record.js'
import { largestHelloBytes, MalformedMessageError, protocolVersions } from './protocol.js'
import { SharingError } from './sharing-error.js'
import { socketPlace } from './socket-place.js'

/**
 * Connects to the owner that `owner.json` names; `undefined` when nobody is there. `clientId` is in hexadecimal; the
 * owner may take that many milliseconds to answer.
 *
 * @throws SharingError when the owner does not answer or does not speak our protocol
 */
export async function connectToOwner(directory: string, clientId: string, patience: number): Promise<Link | undefined> {
  const record = await readOwnerRecord(directory)
  if (record === undefined || !isOfThisMachine(record)) return undefined
  const place = await socketPlace(directory, record.socket)
  try {
    const hello = encodeHello(Buffer.from(record.token, 'hex'), clientId)
    return await greet(connect({ path: place.path }), hello, patience)
  } finally {
    await place.release()
  }
}

/** A socket of another machine, or of an earlier run of this one, leads nowhere. */
function isOfThisMachine({ host, boot }: OwnerRecord): boolean {
  const here = thisMachine()
  return boot === here.boot && (boot !== '' || host === here.host)
}

/** Says hello and waits for the welcome. */
function greet(socket: Socket, hello: Buffer, patience: number): Promise<Link | undefined> {
  const reader = new FrameReader(largestHelloBytes)
  return new Promise((resolve, reject) => {
    let isWelcome = false
    const fail = (error: SharingError | undefined): void => {
      clearTimeout(timer)
      if (isWelcome) return
      socket.destroy()
      if (error === undefined) resolve(undefined)
      else reject(error)
    }
    // What came while this process was busy is read first.
    const timer = setTimeout(() => setImmediate(() => fail(silentError(patience))), patience)
    socket.on('connect', () => socket.write(hello))
    // Refused, closed, or no socket at all: there is no owner there.
    socket.on('error', () => fail(undefined))
    socket.on('close', () => fail(undefined))
    socket.on('data', (chunk: Buffer) => {
      const welcome = readWelcome(reader, chunk)
      if (welcome === 'incomplete') return
      if (welcome === 'malformed') return fail(undefined)
      if (welcome.type === 'refused') return fail(refusedError(welcome))
      clearTimeout(timer)
      isWelcome = true
      for (const event of ['connect', 'data', 'error', 'close']) socket.removeAllListeners(event)
      resolve(new Link(socket, welcome))
    })
  })
}

function readWelcome(reader: FrameReader, chunk: Buffer): Welcome | 'incomplete' | 'malformed' {
  try {
    reader.add(chunk)
    const frame = reader.next()
    return frame === undefined ? 'incomplete' : decodeWelcome(frame)
  } catch (error) {
    if (error instanceof MalformedMessageError) return 'malformed'
    throw error
  }
}

function silentError(patience: number): SharingError {
  return new SharingError('CACHE_OWNER_SILENT', `its owner did not answer within ${Math.round(patience)} ms`)
}

function refusedError({ lowest, highest }: { readonly lowest: number; readonly highest: number }): SharingError {
  const message = `its owner speaks protocol ${lowest} to ${highest}, this process ${protocolVersions.lowest} to ${protocolVersions.highest}`
  return new SharingError('CACHE_PROTOCOL_UNSUPPORTED', message)
}
