import { command } from '../context.ts'

export default command({
  name: 'tag',
  aliases: ['image tag'],
  about: 'Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE',
  operands: 'SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]',
  least: 2,
  most: 2,
  async main({ engine, operands: [source = '', target = ''] }) {
    await engine.tagImage(await engine.requireImage(source), target)
  },
})
