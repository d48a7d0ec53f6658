import { parentPort, type MessagePort } from 'node:worker_threads'
import { storageFailure, storageReason } from '../level-database.js'
import { ThreadedDirectory, type ThreadListener } from './threaded-directory.js'
import type { FromThread, ToThread } from './thread-messages.js'

/*
 * What the thread that serves runs: started by ServingThread, it takes one directory over when it is told to, and ends
 * when it is told to, when storage fails or when the directory was replaced.
 */
if (parentPort !== null) listen(parentPort)

function listen(port: MessagePort): void {
  let opening: Promise<ThreadedDirectory> | undefined
  const say = (message: FromThread): void => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
    port.postMessage(message)
  }
  const listener: ThreadListener = {
    onLost: (change) => say({ type: 'lost', change }),
    onEvict: (count) => say({ type: 'evicted', count }),
    onFailure: (error) => say({ type: 'failed', failure: storageFailure(error), reason: storageReason(error) }),
    onEnd: () => port.close(),
  }
  port.on('message', (message: ToThread) => {
    if (message.type === 'serve') {
      opening = ThreadedDirectory.open(message.order, listener)
      opening.then(() => say({ type: 'serving' }), listener.onEnd)
    } else if (opening === undefined) listener.onEnd()
    else if (message.type === 'used') void opening.then((directory) => directory.noteUse(message.uses))
    else void opening.then((directory) => directory.close())
  })
  say({ type: 'loaded' })
}
