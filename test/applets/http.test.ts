// A server and its clients in one box: on a virtual clock, in Node.

import { expect, test } from 'vitest'
import { TestBox } from '../engine-box.ts'

test('httpd in the background is asked by wget, through pages, CGI and its own end', async () => {
  const box = await TestBox.open(
    new Map([
      ['index.html', 'hello\n'],
      ['count.sh', '#!/bin/sh\necho "Content-type: text/plain"\necho\nread a < n; echo $((a + 1)) | tee n\n'],
    ]),
  )
  const ran = await box.run(`
    mkdir cgi-bin && mv count.sh cgi-bin/count && chmod +x cgi-bin/count && echo 0 > cgi-bin/n
    httpd -p 8080
    wget -q -O - http://localhost:8080/
    for i in 1 2 3; do wget -q -O - http://localhost:8080/cgi-bin/count; done
    kill $(pidof httpd); sleep 1
    wget -q -O - http://localhost:8080/ || echo gone`)
  expect(ran.stdout).toBe('hello\n1\n2\n3\ngone\n')
  expect(ran.stderr).toBe("wget: can't connect to remote host (127.0.0.1): Connection refused\n")
})

test('many at once, each with more than a connection holds', async () => {
  const box = await TestBox.open()
  const ran = await box.run(`
    head -c 1000000 /dev/urandom > f
    httpd -p 80
    for i in 1 2 3 4 5 6 7 8; do wget -q -O - localhost/f | cmp - f && echo same & done
    wait
    killall httpd`)
  expect(ran).toMatchObject({ stdout: 'same\n'.repeat(8), stderr: '', status: 0 })
})

test('who is not root may not have a port below 1024', async () => {
  const box = await TestBox.open()
  const ran = await box.run('su -s /bin/sh nobody -c "nc -l -p 80"')
  expect(ran).toMatchObject({ stderr: 'nc: bind: Permission denied\n', status: 1 })
})

test('wget gives up a server that says nothing', async () => {
  const box = await TestBox.open()
  const ran = await box.run('nc -l -p 80 -e sleep 1000 & sleep 1; wget -q -T 5 -O - localhost; echo $?')
  expect(ran).toMatchObject({ stdout: '1\n', stderr: 'wget: download timed out\n' })
})
