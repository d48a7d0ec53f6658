import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Relative path → content; a path that ends in `/` is an empty directory, `{ link }` a symbolic link. */
export type TreeDescription = Readonly<Record<string, string | Uint8Array | { readonly link: string }>>

/** Writes files, directories and symbolic links below `root`. */
export function writeTree(root: string, tree: TreeDescription): void {
  for (const [path, content] of Object.entries(tree)) {
    const target = join(root, path)
    mkdirSync(path.endsWith('/') ? target : dirname(target), { recursive: true })
    if (path.endsWith('/')) continue
    if (typeof content === 'object' && 'link' in content) symlinkSync(content.link, target)
    else writeFileSync(target, content)
  }
}
