// A program that real kernels run, for images from scratch: it prints its first argument. Only where they are x86-64.

/** An executable in the least of ELF (System V ABI, AMD64 supplement): a header, one segment, 39 bytes of code. */
export function printingProgram(): Uint8Array {
  const program = new Uint8Array(HEADERS + CODE.length)
  const view = new DataView(program.buffer)
  program.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1])
  view.setUint16(16, 2, true)
  view.setUint16(18, 62, true)
  view.setUint32(20, 1, true)
  view.setBigUint64(24, ADDRESS + BigInt(HEADERS), true)
  view.setBigUint64(32, 64n, true)
  view.setUint16(52, 64, true)
  view.setUint16(54, 56, true)
  view.setUint16(56, 1, true)
  view.setUint32(64, 1, true)
  view.setUint32(68, 5, true)
  view.setBigUint64(80, ADDRESS, true)
  view.setBigUint64(88, ADDRESS, true)
  view.setBigUint64(96, BigInt(program.length), true)
  view.setBigUint64(104, BigInt(program.length), true)
  view.setBigUint64(112, 4096n, true)
  program.set(CODE, HEADERS)
  return program
}

const HEADERS = 64 + 56
const ADDRESS = 0x400000n

const CODE = Uint8Array.of(
  // mov rsi, [rsp+16]; xor edx, edx
  ...[0x48, 0x8b, 0x74, 0x24, 0x10, 0x31, 0xd2],
  // while (rsi[rdx] != 0) edx++
  ...[0x80, 0x3c, 0x16, 0x00, 0x74, 0x04, 0xff, 0xc2, 0xeb, 0xf6],
  // write(1, rsi, edx)
  ...[0xb8, 1, 0, 0, 0, 0xbf, 1, 0, 0, 0, 0x0f, 0x05],
  // exit(0)
  ...[0xb8, 60, 0, 0, 0, 0x31, 0xff, 0x0f, 0x05],
)
