import { STATUS_CODES } from 'node:http'
import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { describeError } from './error-document.js'
import { statusOfErrorCode } from './error-status.js'
import { ServerError } from './server-error.js'
import type { ServerErrorCode } from './server-error.js'

const codes: ReadonlyMap<string, ServerErrorCode> = new Map([
  ['ERR_HTTP_REQUEST_TIMEOUT', 'REQUEST_TIMEOUT'],
  ['HPE_HEADER_OVERFLOW', 'HEADERS_TOO_LARGE'],
])

/** Answers what is not even HTTP, so that no request object exists yet, in the same shape as every other error. */
export function answerClientError(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const { code, message } = new ServerError(codes.get(error.code ?? '') ?? 'REQUEST_INVALID', 'Cannot read the request')
  const status = statusOfErrorCode(code)
  const body = JSON.stringify({ error: code, message, details: null })
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ]
  if (socket.writable) socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
  else socket.destroy()
}

/** Answers a request whose URL the router cannot read. */
export function answerUnroutable(error: Error, response: ServerResponse): void {
  const { status, document } = describeError(error)
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
  response.end(JSON.stringify(document))
}
