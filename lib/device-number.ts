// Device numbers as one number, as Linux's programs have them (glibc makedev(3)): up to 255 the minor one is the last byte.

export function deviceOf(major: number, minor: number): number {
  return Math.floor(major / 4096) * 2 ** 44 + (minor >>> 8) * 2 ** 20 + (major % 4096) * 256 + (minor % 256)
}

export function majorOf(device: number): number {
  return Math.floor(device / 2 ** 44) * 4096 + (Math.floor(device / 256) % 4096)
}

export function minorOf(device: number): number {
  return (Math.floor(device / 2 ** 20) % 2 ** 24) * 256 + (device % 256)
}
