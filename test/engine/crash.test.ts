import { expect, it } from 'vitest'
import { allPrograms } from '../../cli/programs.ts'
import { Engine } from '../../engine/engine.ts'
import { MemoryStore } from '../../image/memory-store.ts'
import { VirtualClock } from '../../kernel/clock.ts'
import { decode } from '../../lib/bytes.ts'
import { testHost } from '../kernel/box.ts'

it('a bug in a program is told on the container’s stderr, and ends the process with SIGABRT', async () => {
  const programs = allPrograms()
  programs.set('true', {
    name: 'true',
    main: () => {
      throw new RangeError('no end')
    },
  })
  const engine = new Engine({
    host: testHost(new VirtualClock()),
    store: new MemoryStore(),
    programs,
    tellsCrashes: true,
  })
  const image = await engine.requireImage('busybox')
  const handle = await engine.containers.create(await engine.specify(image, 'busybox', { cmd: ['true'] }))
  const attachment = await handle.start()
  let text = ''
  attachment.listen((bytes, stream) => {
    text += `${stream}: ${decode(bytes)}`
  })
  expect(await attachment.ended).toBe(134)
  expect(text).toMatch(/^stderr: cowbox: a bug of this program: RangeError: no end\n {4}at /)
})
