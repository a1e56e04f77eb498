/** `@4000...`: a TAI64N label, as runit has it. */
export function taiStamp(nanoseconds: bigint): string {
  const seconds = 0x400000000000000an + nanoseconds / 1_000_000_000n
  return `@${seconds.toString(16)}${(nanoseconds % 1_000_000_000n).toString(16).padStart(8, '0')}`
}
