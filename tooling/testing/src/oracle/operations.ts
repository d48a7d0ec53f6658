import {
  appendFileSync,
  chmodSync,
  closeSync,
  constants,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { SeededRandom } from '../seeded-random.js'
import { bursts } from './bursts.js'
import { bytesOf, commonPaths, directories, drawPath, settle, texts, type World } from './places.js'

/** One thing that people and programs do to files; it throws an error of the system when it is impossible right now. */
type Operation = (world: World) => void | Promise<void>

/** Where links lead. Later operations write through them, so none may lead above the directory of the run. */
const linkTargets = ['x.txt', '../docs', 'b', '.', '..', 'nowhere', 'self', '../outside', '../outside/twin'] as const

/** What happens all the time; the rest, which soon leaves no tree to ask about, happens now and then. */
const common = [
  'create',
  'sameSizeEdit',
  'append',
  'rewriteWithinOneTick',
  'replaceByRename',
  'refill',
  'refill',
  'refill',
]

/** Only done when asked for by name: too slow to be done often. */
const slow = new Set(['makeLargeDirectory', 'addToLargeDirectory'])

/** Draws the name of an operation. */
export function drawOperation(random: SeededRandom): string {
  const names = Object.keys(operations).filter((name) => !slow.has(name))
  return random.pick(random.next() < 0.6 ? common : names)
}

/** Everything that happens to files, by name. */
export const operations: Readonly<Record<string, Operation>> = {
  ...bursts,
  create: (world) => writeFileSync(draw(world), world.random.pick(texts)),
  refill(world) {
    settle(world)
    for (const path of commonPaths()) {
      const target = bytesOf(join(world.root, path))
      if (!existsSync(target)) writeFileSync(target, world.random.pick(texts))
    }
    for (let count = 0; count < 8; count += 1) writeFileSync(draw(world), world.random.pick(texts))
  },
  sameSizeEdit: (world) => {
    const path = draw(world)
    const bytes = readFileSync(path)
    writeFileSync(path, bytes.length === 9 ? world.random.pick(['needle 3\n', 'nothing!\n']) : scrambled(bytes))
  },
  append: (world) => appendFileSync(draw(world), world.random.pick(texts)),
  truncate: (world) => truncateSync(draw(world), world.random.integer(0, 8)),
  async rewriteWithinOneTick(world) {
    const path = drawPath(world.random)
    const target = at(world, path)
    writeFileSync(target, 'needle 4\n')
    await world.read(path)
    writeFileSync(target, 'needle 5\n')
    if (world.random.next() < 0.5) return
    await world.read(path)
    writeFileSync(target, 'nothing.\n')
  },
  async rewriteAndPutTimeBack(world) {
    const path = drawPath(world.random)
    const target = at(world, path)
    const { size, atime, mtime } = statSync(target)
    await world.read(path)
    writeFileSync(target, `needle ${world.random.integer(0, 9)}`.padEnd(size, '\n').slice(0, size))
    utimesSync(target, atime, mtime)
  },
  replaceByRename: (world) => replace(world, draw(world)),
  renameFile: (world) => renameSync(draw(world), draw(world)),
  renameDirectory: (world) => renameSync(drawDirectory(world), join(drawDirectory(world), 'renamed')),
  renameDirectoryBack: (world) => renameSync(join(drawDirectory(world), 'renamed'), drawDirectory(world)),
  exchangeDirectories: (world) => {
    const [one, other] = [drawDirectory(world), drawDirectory(world)]
    const between = join(world.outside, 'between')
    renameSync(one, between)
    renameSync(existsSync(other) ? other : between, one)
    if (existsSync(between)) renameSync(between, other)
  },
  moveDirectoryOut: (world) => renameSync(drawDirectory(world), join(world.outside, 'moved')),
  moveDirectoryIn: (world) => renameSync(join(world.outside, 'moved'), drawDirectory(world)),
  moveDirectoryOutAndLinkToIt: (world) => {
    const path = drawDirectory(world)
    renameSync(path, join(world.outside, 'moved'))
    symlinkSync(world.random.pick([join(world.outside, 'moved'), 'nowhere']), path)
  },
  moveDirectoryAsideAndLinkToIt: (world) => {
    const path = drawDirectory(world)
    renameSync(path, `${path}.aside`)
    symlinkSync(`${basename(path)}.aside`, path)
  },
  replaceByLink: (world) => {
    const path = draw(world)
    rmSync(path, { recursive: true, force: true })
    symlinkSync(world.random.pick(linkTargets), path)
  },
  link: (world) => symlinkSync(world.random.pick(linkTargets), draw(world)),
  retargetLink: (world) => {
    const path = draw(world)
    if (!lstatSync(path).isSymbolicLink()) return
    rmSync(path)
    symlinkSync(world.random.pick(linkTargets), path)
  },
  hardLinkInside: (world) => linkSync(draw(world), draw(world)),
  hardLinkFromOutside: (world) => {
    rmSync(join(world.outside, 'twin'), { force: true })
    linkSync(draw(world), join(world.outside, 'twin'))
  },
  writeThroughOutsideName: ({ outside, random }) => {
    const twin = join(outside, 'twin')
    statSync(twin)
    writeFileSync(twin, random.pick(texts))
  },
  /** The second name is gone before anybody can have seen it, and its directory sometimes too. */
  writeThroughBriefName: (world) => {
    const folder = world.random.pick([world.root, drawDirectory(world), join(world.root, 'brief')])
    const name = join(folder, 'twin')
    const isNew = mkdirSync(folder, { recursive: true }) !== undefined
    linkSync(draw(world), name)
    writeFileSync(name, world.random.pick(texts))
    rmSync(isNew ? folder : name, { recursive: true })
  },
  /** As a program does whose log was put aside: what it opened has another name by now, and its name may be another file's. */
  writeUnderFormerName: async (world) => {
    const [path, other] = [draw(world), draw(world)]
    const descriptor = openSync(path, constants.O_WRONLY | constants.O_APPEND | constants.O_NOFOLLOW)
    try {
      rmSync(other, { force: true })
      linkSync(path, other)
      if (world.random.next() < 0.3) await world.search()
      if (world.random.next() < 0.5) rmSync(path)
      else replace(world, path)
      await world.search()
      appendFileSync(descriptor, world.random.pick(texts))
      await world.search()
    } finally {
      closeSync(descriptor)
    }
  },
  changeMode: (world) => {
    const path = draw(world)
    if (!lstatSync(path).isSymbolicLink()) chmodSync(path, world.random.pick([0o644, 0o600, 0o000]))
  },
  changeModeOfDirectory: (world) => chmodSync(drawDirectory(world), world.random.pick([0o755, 0o500, 0o300, 0o000])),
  touch: (world) => utimesSync(draw(world), new Date(), new Date()),
  setFutureTime: (world) => utimesSync(draw(world), new Date(), new Date(Date.now() + 86_400_000)),
  removeFile: (world) => rmSync(draw(world)),
  removeTree: (world) => rmSync(drawDirectory(world), { recursive: true }),
  recreateTree(world) {
    const path = drawDirectory(world)
    rmSync(path, { recursive: true, force: true })
    mkdirSync(path)
    writeFileSync(join(path, 'x.txt'), world.random.pick(texts))
  },
  replaceDirectoryByFile: (world) => {
    const path = drawDirectory(world)
    rmSync(path, { recursive: true, force: true })
    writeFileSync(path, world.random.pick(texts))
  },
  replaceFileByDirectory: (world) => {
    const path = draw(world)
    rmSync(path)
    mkdirSync(path)
    writeFileSync(join(path.toString('latin1'), 'inner.txt'), 'needle in it\n')
  },
  editIgnoreFile: (world) => {
    const directory = join(world.root, world.random.pick(directories))
    const name = world.random.pick(['.gitignore', '.ignore'])
    writeFileSync(join(directory, name), world.random.pick(['*.log\n', 'build/\n', '!*\n', '/a\n*.md\n', '', 'b\n']))
  },
  removeIgnoreFile: (world) => rmSync(join(world.root, world.random.pick(directories), '.gitignore')),
  replaceRoot: (world) => {
    renameSync(world.root, `${world.outside}.root`)
    mkdirSync(world.root)
    settle(world)
    for (const path of commonPaths()) writeFileSync(join(world.root, path), 'needle of the new root\n')
    rmSync(`${world.outside}.root`, { recursive: true })
  },
}

function draw(world: World): Buffer {
  return at(world, drawPath(world.random))
}

function at(world: World, path: string): Buffer {
  world.latest = path
  return bytesOf(`${world.root}/${path}`)
}

function replace({ outside, random }: World, path: Buffer): void {
  const temporary = join(outside, 'temporary')
  writeFileSync(temporary, random.pick(texts))
  renameSync(temporary, path)
}

/** Never the root itself. */
function drawDirectory({ random, root }: World): string {
  const path = join(root, random.pick(directories.slice(1)))
  mkdirSync(dirname(path), { recursive: true })
  return path
}

function scrambled(bytes: Buffer): Buffer {
  return Buffer.from(bytes.map((byte) => (byte === 0x65 ? 0x61 : byte === 0x61 ? 0x65 : byte)))
}
