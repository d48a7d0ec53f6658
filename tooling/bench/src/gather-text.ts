import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const dependencies = fileURLToPath(new URL('../../../node_modules/.pnpm', import.meta.url))

/** Names of files with source code. */
export const sourceFiles = /\.(?:[cm]?js|ts)$/

/** Real text: the files of this workspace's dependencies whose names match, one after the other, so many characters at most. */
export function gatherText(pattern: RegExp, characters: number): string {
  const parts: string[] = []
  let length = 0
  const walk = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      if (length >= characters) return
      const path = join(folder, entry.name)
      if (entry.isDirectory()) walk(path)
      else if (entry.isFile() && pattern.test(entry.name)) {
        const text = readFileSync(path, 'utf8')
        parts.push(text)
        length += text.length
      }
    }
  }
  walk(dependencies)
  return parts.join('').slice(0, characters)
}
