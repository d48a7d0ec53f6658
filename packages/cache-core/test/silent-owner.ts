import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { temporaryDirectory } from '@fsagent/testing'
import { Link } from '../src/sharing/link.js'

/** A connection to an owner of a version of the protocol that answers nothing. */
export interface SilentOwner extends AsyncDisposable {
  readonly link: Link
  readonly directory: string
}

/** Connects to such an owner: `await using owner = await silentOwner(1)`. */
export async function silentOwner(version: number): Promise<SilentOwner> {
  const home = temporaryDirectory()
  const server = createServer((socket) => socket.resume()).listen(home.join('socket'))
  await once(server, 'listening')
  const socket = connect(home.join('socket'))
  await once(socket, 'connect')
  const link = new Link(socket, { epoch: 1, version })
  return {
    link,
    directory: home.path,
    [Symbol.asyncDispose]: async () => {
      link.close()
      await server[Symbol.asyncDispose]()
      home[Symbol.dispose]()
    },
  }
}
