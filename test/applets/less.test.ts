import { describe, expect, it } from 'vitest'
import less from '../../applets/less/index.ts'
import more from '../../applets/more.ts'
import { playKeys } from './screen.ts'

const HUNDRED = Array.from({ length: 100 }, (_, i) => `line ${i + 1}\n`).join('')

const at = async (keys: string[], argv = ['less', '/f'], files: Record<string, string> = { f: HUNDRED }) =>
  playKeys(less, argv, files, keys)

describe('less', () => {
  it('shows the first page and the name', async () => {
    const { rows } = await at([])
    expect(rows[0]).toBe('line 1')
    expect(rows[8]).toBe('line 9')
    expect(rows[9]).toBe('/f')
  })

  it.each([
    [' ', 'line 10'],
    ['j', 'line 2'],
    ['5j', 'line 6'],
    [' b', 'line 1'],
    ['G', 'line 92'],
    ['Gg', 'line 1'],
    ['50G', 'line 50'],
    ['50p', 'line 51'],
    ['d', 'line 5'],
    ['/ne 3\r', 'line 3'],
    ['/ne 3\rn', 'line 30'],
    ['/ne 3\rnN', 'line 3'],
    ['G?ne 5\r', 'line 59'],
    ["20Gma1G'a", 'line 20'],
  ])('%j', async (keys, top) => {
    expect((await at([keys])).rows[0]).toBe(top)
  })

  it('tells the end, and percentages with -M', async () => {
    expect((await at(['G'])).rows[9]).toBe('(END)')
    expect((await at(['50G'], ['less', '-M', '/f'])).rows[9]).toBe('/f lines 50-58')
    expect((await at(['G50G'], ['less', '-M', '/f'])).rows[9]).toBe('/f lines 50-58/100 58%')
  })

  it('folds long lines, or cuts them with -S', async () => {
    const files = { f: `${'x'.repeat(50)}\nshort\n` }
    expect((await at([], ['less', '/f'], files)).rows.slice(0, 3)).toEqual(['x'.repeat(40), 'x'.repeat(10), 'short'])
    expect((await at([], ['less', '-S', '/f'], files)).rows.slice(0, 2)).toEqual(['x'.repeat(40), 'short'])
  })

  it('numbers lines with -N', async () => {
    expect((await at([], ['less', '-N', '/f'])).rows[0]).toBe('      1 line 1')
  })

  it('goes from file to file', async () => {
    const files = { f: HUNDRED, g: 'other\n' }
    expect((await at([':n'], ['less', '/f', '/g'], files)).rows[0]).toBe('other')
    expect((await at([':n:p'], ['less', '/f', '/g'], files)).rows[0]).toBe('line 1')
    expect((await at([':p'], ['less', '/f', '/g'], files)).rows[9]).toBe('No previous file')
  })

  it('ends and puts the terminal back', async () => {
    const shown = await at(['q'])
    expect(shown.status).toEqual({ exited: 0 })
    expect(shown.isCanonical).toBe(true)
  })

  it('says when nothing is found', async () => {
    expect((await at(['/zzz\r'])).rows[9]).toBe('Pattern not found')
  })

  it('only prints what fits with -F', async () => {
    const shown = await at([], ['less', '-F', '/f'], { f: 'a\nb\n' })
    expect(shown.status).toEqual({ exited: 0 })
    expect(shown.rows.slice(0, 2)).toEqual(['a', 'b'])
  })
})

describe('more', () => {
  it('pages, goes on by lines, and ends', async () => {
    const first = await playKeys(more, ['more', '/f'], { f: HUNDRED }, [])
    expect(first.rows[8]).toBe('line 9')
    expect(first.rows[9]).toMatch(/^--More-- \(\d+%\)$/)
    const next = await playKeys(more, ['more', '/f'], { f: HUNDRED }, ['\r'])
    expect(next.rows[8]).toBe('line 10')
    const end = await playKeys(more, ['more', '/f'], { f: HUNDRED }, ['q'])
    expect(end.status).toEqual({ exited: 0 })
    expect(end.isCanonical).toBe(true)
  })
})
