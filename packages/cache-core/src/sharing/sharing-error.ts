/** Why an owner that is there cannot be used. */
export type SharingErrorCode = 'CACHE_OWNER_SILENT' | 'CACHE_PROTOCOL_UNSUPPORTED'

/** Said inside the package when the owner does not answer or speaks another protocol; becomes a warning. */
export class SharingError extends Error {
  override readonly name = 'SharingError'
  readonly code: SharingErrorCode

  constructor(code: SharingErrorCode, message: string) {
    super(message)
    this.code = code
  }
}
