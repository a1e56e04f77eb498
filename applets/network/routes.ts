// The routing tables: there is a loopback device, which needs no route of IPv4, and nothing else.

import type { Process } from '../../kernel/process.ts'

export async function showRoutes(proc: Process, how: 'netstat' | 'route'): Promise<number> {
  const columns = how === 'netstat' ? 'Flags   MSS Window  irtt Iface' : 'Flags Metric Ref    Use Iface'
  await proc.stdout.line('Kernel IP routing table')
  await proc.stdout.line(`Destination     Gateway         Genmask         ${columns}`)
  return 0
}

export async function showRoutes6(proc: Process): Promise<number> {
  const row = (to: string, flags: string, metric: string, references: string) =>
    `${to.padEnd(43)} ${'::'.padEnd(39)} ${flags.padEnd(5)} ${metric.padEnd(6)} ${references.padEnd(8)} 0 lo      `
  const nowhere = row('::/0', '!n', '-1', '1')
  await proc.stdout.line('Kernel IPv6 routing table')
  const columns = 'Flags Metric Ref    Use Iface'
  await proc.stdout.line(`${'Destination'.padEnd(43)} ${'Next Hop'.padEnd(39)} ${columns}`)
  for (const line of [nowhere, row('::1/128', 'Un', '0', '3'), nowhere]) await proc.stdout.line(line)
  return 0
}
