/** FNV-1a over the UTF-16 units of a text: 32 bits, signed. */
export function textHash(text: string): number {
  let hash = 0x81_1c_9d_c5
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01_00_01_93)
  return hash
}
