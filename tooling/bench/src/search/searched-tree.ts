import { cpSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeTree } from '../make-tree.js'

/** A tree to be searched. */
export interface SearchedTree {
  readonly label: string
  /** Absolute path. */
  readonly path: string
  readonly files: readonly string[]
  readonly directories: number
}

const installed = fileURLToPath(new URL('../../../../node_modules/.pnpm', import.meta.url))
/** Installed in this repository in the versions that its lock file fixes. */
const packages = ['ai', 'ajv', 'execa', 'fastify', 'lru-cache', 'pino', 'typescript', 'vitest', 'zod']

/** Makes a tree of text files from a fixed seed. */
export function madeTree(path: string, files: number): SearchedTree {
  makeTree(path, files)
  return describe(`${files.toLocaleString('en-US')} files`, path)
}

/** Copies installed packages; their versions are part of the label. */
export function realTree(path: string): SearchedTree {
  const versions: string[] = []
  for (const name of packages) {
    const folder = readdirSync(installed).find((entry) => entry.startsWith(`${name}@`))
    if (folder === undefined) throw new Error(`Cannot copy package "${name}": it is not installed`)
    cpSync(join(installed, folder, 'node_modules', name), join(path, name), { recursive: true })
    versions.push(`${name} ${versionIn(join(path, name, 'package.json'))}`)
  }
  const tree = describe('', path)
  return { ...tree, label: `${tree.files.length.toLocaleString('en-US')} files of ${versions.join(', ')}` }
}

function describe(label: string, path: string): SearchedTree {
  const entries = readdirSync(path, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return { label, path, files, directories: 1 + entries.filter((entry) => entry.isDirectory()).length }
}

function versionIn(file: string): string {
  const described: unknown = JSON.parse(readFileSync(file, 'utf8'))
  const isDescribed = typeof described === 'object' && described !== null && 'version' in described
  return isDescribed ? String(described.version) : 'of unknown version'
}
