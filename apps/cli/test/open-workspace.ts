import { chmodSync, readFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { temporaryDirectory, writeTree } from '@fsagent/testing'
import type { TemporaryDirectory, TreeDescription } from '@fsagent/testing'

/** Bytes that are not UTF-8: "Größe" in Latin-1, with a CRLF. */
const latin1 = new Uint8Array([0x47, 0x72, 0xf6, 0xdf, 0x65, 0x0d, 0x0a, 0x62])

/** The files that the tests ask about, below a working directory whose data root is `data`. */
const documents: TreeDescription = {
  'data/notes/todo.md': '# To do\n\n- TODO: order the sensor\n- done\n',
  'data/notes/crlf.txt': 'one\r\ntwo\r\nthree',
  'data/notes/latin1.txt': latin1,
  'data/notes/numbers.txt': Array.from({ length: 5000 }, (_, index) => `line ${index + 1}\n`).join(''),
  'data/notes/binary.bin': new Uint8Array([0, 1, 2, 0, 255]),
  'data/code/main.py': 'def main():\n    pass  # TODO: write it\n',
  'data/outside': { link: '/etc/hostname' },
  'data/policy.md': '# Password policy\n\nPasswords have at least 14 characters.\n',
}

/** Makes a working directory with real files, and a pipe, that removes itself. */
export function openWorkspace(): TemporaryDirectory {
  const directory = temporaryDirectory()
  writeTree(directory.path, documents)
  spawnSync('mkfifo', [directory.join('data/pipe')])
  // So that the tests can also run the command as another user.
  chmodSync(directory.path, 0o755)
  return directory
}

/** Gives the content of a file below the data root. */
export function readDocument(directory: TemporaryDirectory, path: string): Buffer {
  return readFileSync(directory.join('data', path))
}
