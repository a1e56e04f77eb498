// Published ports: servers in containers, asked from this machine by the built command.

import { createServer } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import { Command } from './command.ts'

const command = new Command()
afterAll(() => command.remove(), 60_000)

const SERVE = 'echo hello > /index.html; head -c 3000000 /dev/zero > /big; exec httpd -f -p 80'

/** The host's port by which one of the container's is reached. */
async function hostPort(name: string, port: number): Promise<number> {
  const { stdout } = await command.run('port', name, String(port))
  return Number(/:(\d+)\n/.exec(stdout)?.[1])
}

/** Asks until the server in the container is there. */
async function ask(url: string): Promise<string> {
  for (let tries = 0; ; tries++) {
    try {
      const answer = await fetch(url)
      return await answer.text()
    } catch (error) {
      if (tries > 100) throw error
      await new Promise(resolve => setTimeout(resolve, 50))
    }
  }
}

test('httpd in the background and wget, in one container', async () => {
  const script = 'echo hi > index.html; httpd -p 8080; wget -q -O - localhost:8080; wget -q -O - localhost:8081'
  expect(await command.run('run', '--rm', 'busybox', 'sh', '-c', script)).toEqual({
    stdout: 'hi\n',
    stderr: "wget: can't connect to remote host (127.0.0.1): Connection refused\n",
    status: 1,
  })
}, 60_000)

test('a published port leads to the server, and is shown', async () => {
  await command.run('run', '-d', '--name', 'web', '-p', '127.0.0.1::80', '-p', '81', 'busybox', 'sh', '-c', SERVE)
  const port = await hostPort('web', 80)
  const url = `http://127.0.0.1:${port}`
  expect(await ask(url)).toBe('hello\n')
  expect((await ask(`${url}/big`)).length).toBe(3_000_000)
  const all = await Promise.all(Array.from({ length: 8 }, () => ask(`${url}/big`)))
  expect(all.every(text => text.length === 3_000_000)).toBe(true)

  const open = await hostPort('web', 81)
  await expect(fetch(`http://127.0.0.1:${open}`)).rejects.toThrow()
  const { stdout: ports } = await command.run('port', 'web')
  expect(ports).toBe(`80/tcp -> 127.0.0.1:${port}\n81/tcp -> 0.0.0.0:${open}\n81/tcp -> [::]:${open}\n`)
  const { stdout: row } = await command.run('ps', '--format', '{{.Ports}}')
  expect(row).toBe(`127.0.0.1:${port}->80/tcp, 0.0.0.0:${open}->81/tcp, [::]:${open}->81/tcp\n`)

  const filtered = async (port: string) =>
    (await command.run('ps', '--filter', `publish=${port}`, '--format', '{{.Names}}')).stdout
  expect([await filtered('80'), await filtered('75-80/tcp'), await filtered('82'), await filtered('80/udp')]).toEqual([
    'web\n',
    'web\n',
    '',
    '',
  ])

  await command.run('stop', '-t', '0', 'web')
  await expect(fetch(url)).rejects.toThrow()
  expect((await command.run('port', 'web')).stdout).toBe('')
  await command.run('start', 'web')
  expect(await ask(`http://127.0.0.1:${await hostPort('web', 80)}`)).toBe('hello\n')
}, 120_000)

test('a port that is taken, or cannot be published, is refused', async () => {
  const server = createServer()
  const port = await new Promise<number>(resolve => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
  const taken = await command.run('run', '--rm', '-p', `127.0.0.1:${port}:80`, 'busybox', 'true')
  server.close()
  expect(taken.status).toBe(125)
  expect(taken.stderr).toContain(`Bind for 127.0.0.1:${port} failed: port is already allocated`)
  for (const [word, message] of [
    ['53/udp', 'only ports of TCP can be published here'],
    ['x', 'invalid containerPort: x'],
    ['x:80', 'invalid hostPort: x'],
    ['300.1.1.1:80:80', 'invalid IP address: 300.1.1.1'],
  ] as const) {
    const { status, stderr } = await command.run('run', '--rm', '-p', word, 'busybox', 'true')
    expect(status).toBe(125)
    expect(stderr).toContain(message)
  }
  expect((await command.run('port', 'web', '99')).stderr).toContain("No public port '99/tcp' published for web")
}, 120_000)
