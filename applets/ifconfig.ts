import { flag } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'
import { INTERFACE, traffic } from './network/interface.ts'

/** ifconfig, as in busybox: the loopback device, which stays as it is. */
export default applet({
  name: 'ifconfig',
  about: 'Show the network interfaces (there is lo, and nothing of it can be changed)',
  operands: '[IFACE] [SETTING]...',
  options: { all: flag('-a', 'Those that are down, too') },
  async main({ proc, operands: [name, ...settings] }) {
    if (name !== undefined && name !== INTERFACE) {
      const message = 'error fetching interface information: Device not found'
      throw new Failure(settings.length === 0 ? `${name}: ${message}` : 'SIOCSIFADDR: No such device')
    }
    // It is up already.
    if (settings.length === 1 && settings[0] === 'up') return 0
    if (settings.length > 0) throw new Failure('SIOCSIFADDR: Operation not permitted')
    const { bytes, packets } = traffic(proc)
    const size = `${bytes} (${human(bytes)})`
    const counts = (direction: string, last: string) =>
      `          ${direction} packets:${packets} errors:0 dropped:0 overruns:0 ${last}:0`
    await proc.stdout.write(
      [
        'lo        Link encap:Local Loopback  ',
        '          inet addr:127.0.0.1  Mask:255.0.0.0',
        '          inet6 addr: ::1/128 Scope:Host',
        '          UP LOOPBACK RUNNING  MTU:65536  Metric:1',
        counts('RX', 'frame'),
        counts('TX', 'carrier'),
        '          collisions:0 txqueuelen:1000 ',
        `          RX bytes:${size}  TX bytes:${size}`,
        '',
        '',
      ].join('\n'),
    )
    return 0
  },
})

function human(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
  let value = bytes
  let unit = 0
  for (; value >= 1024 && unit < units.length - 1; unit++) value /= 1024
  return `${unit === 0 ? `${value}.0` : (Math.floor(value * 10) / 10).toFixed(1)} ${units[unit]}`
}
