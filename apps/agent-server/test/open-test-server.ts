import { request } from 'node:http'
import type { OutgoingHttpHeaders } from 'node:http'
import { text } from 'node:stream/consumers'
import { createAgent } from '@fsagent/agent'
import type { Agent } from '@fsagent/agent'
import { temporaryDirectory, writeTree } from '@fsagent/testing'
import type { TemporaryDirectory, TreeDescription } from '@fsagent/testing'
import { createServer } from '../src/create-server.js'
import type { AgentServer, AgentServerOptions } from '../src/create-server.js'

/** A server on a free port of this machine, with an agent over a small tree of real files. */
export interface TestServer extends AsyncDisposable {
  readonly agent: Agent
  readonly server: AgentServer
  readonly url: string
  readonly directory: TemporaryDirectory
  post(path: string, body: unknown): Promise<Answer>
  get(path: string): Promise<Answer>
}

/** Status and parsed body of an answer. */
export interface Answer {
  readonly status: number
  readonly body: unknown
}

/** The files that the tests ask about. */
export const documents: TreeDescription = {
  'data/notes/todo.md': '# To do\n\n- TODO: order the sensor\n- done\n',
  'data/notes/binary.bin': new Uint8Array([0, 1, 2, 0, 255]),
  'data/policy.md': '# Password policy\n\nPasswords have at least 14 characters.\n',
  'data/outside': { link: '/etc/hostname' },
}

/** Opens a server; `agent` options are those of `createAgent`. */
export async function openTestServer(
  options: Partial<AgentServerOptions> & { readonly agentOptions?: Partial<Parameters<typeof createAgent>[0]> } = {},
): Promise<TestServer> {
  const { agentOptions, ...serverOptions } = options
  const directory = temporaryDirectory()
  writeTree(directory.path, documents)
  const agent = await createAgent({
    dataRoot: directory.join('data'),
    cacheDirectory: directory.join('cache'),
    ...agentOptions,
  })
  const server = createServer({ agent, port: 0, ...serverOptions })
  const url = await server.listen()
  return {
    agent,
    server,
    url,
    directory,
    post: async (path, body) => {
      const json = { 'content-type': 'application/json' }
      const response = await fetch(url + path, { method: 'POST', headers: json, body: JSON.stringify(body) })
      return { status: response.status, body: await response.json() }
    },
    get: async (path) => {
      const response = await fetch(url + path)
      return { status: response.status, body: await response.json() }
    },
    [Symbol.asyncDispose]: async () => {
      await server.close()
      await agent.close()
      directory[Symbol.dispose]()
    },
  }
}

/** Sends a request with headers that `fetch` would not let through, such as `Host`. */
export async function rawRequest(url: string, headers: OutgoingHttpHeaders): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { headers, agent: false }, (response) => {
      text(response)
        .then((body) => resolve({ status: response.statusCode ?? 0, body: JSON.parse(body) }))
        .catch(reject)
    })
    sent.once('error', reject)
    sent.end()
  })
}
