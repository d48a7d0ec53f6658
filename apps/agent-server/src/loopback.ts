import { isIP, isIPv4 } from 'node:net'

/** Whether an address to listen at can only be reached from this machine. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))
}

/** Gives host and port as they stand in a URL: an IPv6 address in brackets, port 80 left out. */
export function authority(host: string, port: number): string {
  const name = isIP(host) === 6 ? `[${host}]` : host
  return port === 80 ? name : `${name}:${port}`
}
