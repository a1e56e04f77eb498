import { SysError } from '../kernel/errno.ts'
import { type InternetAddress, internetAddress, isLoopback } from '../kernel/net/address.ts'
import { SIGINT } from '../kernel/signal.ts'
import { flag, number, text } from '../lib/options.ts'
import { applet, Failure, type Invocation } from './applet.ts'
import { INTERFACE } from './network/interface.ts'
import { resolveHost } from './network/resolve.ts'

const options = {
  four: flag('-4', 'IPv4 only'),
  six: flag('-6', 'IPv6 only'),
  count: number('-c', 'CNT', 'Send CNT packets (0: on and on)', 0),
  size: number('-s', 'SIZE', 'Send SIZE bytes in each', 56, { most: 65535 }),
  interval: text('-i', 'SECS', 'How long between them', '1'),
  adaptive: flag('-A', 'The next one when an answer has come'),
  hops: number('-t', 'TTL', 'How far they may go', 64, { least: 1, most: 255 }),
  source: text('-I', 'IFACE/IP', 'From there'),
  wait: number('-W', 'SEC', 'How long to wait for the first answer', 10),
  deadline: number('-w', 'SEC', 'How long in all'),
  quiet: flag('-q', 'Only the first and the last lines'),
  pattern: text('-p', 'HEXBYTE', 'What they are filled with'),
}

type Ping = Invocation<typeof options>

/** ping and ping6, as in busybox: this box answers itself, at once; nothing else is reachable. */
export default applet({
  name: 'ping',
  aliases: ['ping6'],
  about: 'Send ICMP echo requests to HOST (this box is the only one)',
  operands: 'HOST',
  least: 1,
  most: 1,
  options,
  async main(ping) {
    const { proc, options: how, operands } = ping
    const [host = ''] = operands
    const isSix = how.six || /(^|\/)ping6$/.test(proc.argv[0] ?? '')
    const to = resolveHost(proc, host, 0, isSix ? 'inet6' : how.four ? 'inet' : undefined)
    const from = source(ping)
    const pattern = how.pattern ?? '0'
    if (!/^[0-9a-fA-F]{1,2}$/.test(pattern)) throw new Failure(`invalid number '${pattern}'`)
    const sender = from === undefined ? '' : ` from ${from.host}`
    await proc.stdout.line(`PING ${host} (${to.host})${sender}: ${how.size} data bytes`)
    if (from && !isLoopback(from)) throw new Failure("can't set multicast source interface")
    requireReachable(ping, to)
    const times = await sendAll(ping, to)
    await proc.stdout.write(summary(host, times))
    return times.length > 0 ? 0 : 1
  },
})

/** An address of one's own, if one was named; the interface names none. */
function source({ proc, options: { source: text } }: Ping): InternetAddress | undefined {
  if (text === undefined || text === INTERFACE) return undefined
  return internetAddress(text, 0) ?? resolveHost(proc, text, 0)
}

function requireReachable({ proc }: Ping, to: InternetAddress): void {
  try {
    proc.requireReachable(to)
  } catch (error) {
    if (!(error instanceof SysError)) throw error
    throw new Failure(`sendto: ${error.message}`)
  }
}

/** How long each took, in milliseconds, until all were sent, the deadline has passed, or SIGINT came. */
async function sendAll({ proc, options: how }: Ping, to: InternetAddress): Promise<number[]> {
  const interval = Number(how.interval) * 1000
  if (Number.isNaN(interval)) throw new Failure(`invalid number '${how.interval}'`)
  let isInterrupted = false
  proc.onSignal(SIGINT, () => {
    isInterrupted = true
  })
  const began = proc.kernel.clock.now()
  const times: number[] = []
  while (!isInterrupted && (how.count === 0 || times.length < how.count)) {
    if (how.deadline !== undefined && proc.kernel.clock.now() - began >= how.deadline * 1000) break
    const sent = proc.kernel.host.now()
    for (let way = 0; way < 2; way++) proc.kernel.network.count(how.size + 28)
    const took = Math.max(0.001, proc.kernel.host.now() - sent)
    times.push(took)
    const sequence = `seq=${times.length - 1} ttl=${how.hops}`
    const line = `${how.size + 8} bytes from ${to.host}: ${sequence}${how.size >= 4 ? ` time=${took.toFixed(3)} ms` : ''}`
    if (!how.quiet) await proc.stdout.line(line)
    const isLast = how.count !== 0 && times.length >= how.count
    if (!isLast && !isInterrupted && !how.adaptive) await pause(proc, interval)
    else if (how.adaptive && how.count === 0) await proc.gate()
  }
  return times
}

async function pause(proc: Ping['proc'], ms: number): Promise<void> {
  try {
    await proc.sleep(ms)
  } catch (error) {
    if (!(error instanceof SysError) || error.errno !== 'EINTR') throw error
  }
}

function summary(host: string, times: readonly number[]): string {
  const count = times.length
  const loss = `${count} packets transmitted, ${count} packets received, 0% packet loss`
  const head = `\n--- ${host} ping statistics ---\n${loss}\n`
  if (count === 0) return head
  const mean = times.reduce((sum, time) => sum + time, 0) / count
  const figures = [Math.min(...times), mean, Math.max(...times)].map(time => time.toFixed(3))
  return `${head}round-trip min/avg/max = ${figures.join('/')} ms\n`
}
