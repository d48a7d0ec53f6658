export { KeyvStore, type KeyvEntry } from './keyv-store.js'
