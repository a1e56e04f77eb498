import { expect, test } from 'vitest'
import { Engine } from '../../cli/node/index.ts'

test('cowbox/bash is the base image with bash, and the base image has none', async () => {
  const engine = await Engine.open()
  const run = async (image: string, cmd: readonly string[]) => {
    const box = await engine.run(image, { cmd })
    const status = await box.wait()
    return [box.stdout.text(), status]
  }
  const script =
    'a=(x "y z"); echo "${a[1]} $BASH_VERSION"; printf "#!/bin/bash\\necho \\${a[0]-none}\\n" > s; chmod +x s; ./s; ls /bin/ls'
  expect(await run('cowbox/bash', ['bash', '-c', script])).toEqual(['y z 5.2.15(1)-release\nnone\n/bin/ls\n', 0])
  expect(await run('busybox', ['sh', '-c', 'ls /bin/bash 2>&1; busybox bash 2>&1; bash 2>&1'])).toEqual([
    'ls: /bin/bash: No such file or directory\nbash: applet not found\nsh: bash: not found\n',
    127,
  ])
})
