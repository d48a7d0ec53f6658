import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { workspace } from './set-up.mjs'

const app = join(workspace, 'apps', 'cli')
const bundleFolder = join(app, 'bundle')
const stampFile = join(workspace, 'node_modules', '.fsagent-bundled')
const cli = join(workspace, 'packages', 'cli') + sep

/** The one part of our packages that the commands share with the bundle; they load all others when they need them. */
const tools = '@fsagent/agent/tools'
/** Packages that bring a binary, or that most commands do without. */
const apart = new Set(['@clack/prompts', '@vscode/ripgrep'])

/** Leaves to be loaded later what takes long and is seldom needed: the database, the agent, the models. */
const laterPackages = {
  name: 'later-packages',
  resolveId(id, importer, { kind }) {
    const isFromCli = importer?.startsWith(cli) === true && id !== tools
    const isLater = id.startsWith('@fsagent/') && (isFromCli || kind === 'dynamic-import')
    return isLater || apart.has(id) ? { id, external: true } : null
  },
}

/** Takes the compiler's source maps along, so that those of the bundle lead to the sources. */
const sourceMaps = {
  name: 'source-maps',
  load(id) {
    const map = `${id}.map`
    return id.startsWith(workspace) && existsSync(map)
      ? { code: readFileSync(id, 'utf8'), map: readFileSync(map, 'utf8') }
      : null
  },
}

/** The licences of what is bundled, which each of them asks for. */
const licences = {
  name: 'licences',
  generateBundle(_options, bundle) {
    const modules = Object.values(bundle).flatMap((chunk) => (chunk.type === 'chunk' ? Object.keys(chunk.modules) : []))
    const folders = new Set(modules.map((id) => /^(.*\/node_modules\/(@[^/]+\/)?[^/]+)\//.exec(id)?.[1]))
    folders.delete(undefined)
    const texts = [...folders]
      .sort((left, right) => left.localeCompare(right, 'en'))
      .map((folder) => {
        const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
        const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry))
        if (file === undefined) throw new Error(`Cannot bundle "${name}": it has no licence file`)
        return `${name} ${version}\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`
      })
    this.emitFile({ type: 'asset', fileName: 'LICENSES.txt', source: texts.join(`\n${'-'.repeat(80)}\n\n`) })
  },
}

/**
 * Puts what `fs-agent` needs for one call of a tool into a few files: to find and load hundreds of modules takes several
 * times as long as the call. Does nothing while everything that was built is as it was the last time.
 */
export async function bundleCli() {
  const stamp = stampOfBuild()
  const isCurrent = existsSync(join(bundleFolder, 'main.js')) && existsSync(stampFile)
  if (isCurrent && readFileSync(stampFile, 'utf8') === stamp) return
  const { rolldown } = await import('rolldown')
  const bundle = await rolldown({
    input: join(app, 'dist', 'main.js'),
    platform: 'node',
    plugins: [laterPackages, sourceMaps, licences],
  })
  await bundle.write({ dir: bundleFolder, format: 'esm', sourcemap: true, cleanDir: true })
  await bundle.close()
  writeFileSync(stampFile, stamp)
}

/** As vitest calls it, so that tests start what was built last. */
export { bundleCli as setup }

/** What the bundle depends on: all that the compiler wrote, the locked dependencies, and this file. */
function stampOfBuild() {
  const hash = createHash('sha256')
  const packages = readdirSync(join(workspace, 'packages')).map((name) => join(workspace, 'packages', name))
  const built = [app, ...packages].flatMap((folder) => modulesBelow(join(folder, 'dist')))
  for (const file of [fileURLToPath(import.meta.url), join(workspace, 'pnpm-lock.yaml'), ...built])
    hash.update(file).update(readFileSync(file))
  return hash.digest('hex')
}

function modulesBelow(folder) {
  if (!existsSync(folder)) return []
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const modules = entries.filter((entry) => entry.name.endsWith('.js'))
  return modules.map((entry) => join(entry.parentPath, entry.name)).sort()
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundleCli()
