import { describe, expect, it } from 'vitest'
import { jsonSchema } from '../../smoke/schema.ts'
import { readSuite } from '../../smoke/suite.ts'

function problems(text: string, name = 'tests.yaml'): string[] {
  return readSuite(name, text).problems.map(({ line, message }) => `${line}: ${message}`)
}

const V2 = "schemaVersion: '2.0.0'\n"

describe('a test file', () => {
  it.each([
    [`${V2}comandTests: []\n`, "2: unknown key 'comandTests'; did you mean 'commandTests'?"],
    [`${V2}commandTests:\n- name: a\n  argz: []\n`, "4: unknown key 'argz' in commandTests[0]; did you mean 'args'?"],
    [`${V2}zebra: 1\n`, "2: unknown key 'zebra'"],
    [
      `${V2}cowbox:\n  runTests:\n  - name: a\n    openPorts: ["80/tcp"]\n`,
      "5: unknown key 'openPorts' in cowbox.runTests[0]: it is called ports",
    ],
    [
      `${V2}cowbox:\n  runTests:\n  - name: a\n    ports: ["web"]\n`,
      "5: cowbox.runTests[0].ports[0] must be a port such as '80', '53/udp' or '127.0.0.1:8080', and is the text 'web'",
    ],
    [
      `${V2}commandTests:\n- exitCode: '1'\n`,
      "3: commandTests[0].exitCode must be a whole number, and is the text '1'",
    ],
    [`${V2}commandTests:\n- args: ls -l\n`, "3: commandTests[0].args must be a list, and is the text 'ls -l'"],
    [`${V2}commandTests: {}\n`, '2: commandTests must be a list, and is a map'],
    [
      `${V2}fileExistenceTests:\n- shouldExist: maybe\n`,
      "3: fileExistenceTests[0].shouldExist must be true or false, and is the text 'maybe'",
    ],
    [
      `${V2}commandTests:\n- expectedOutput:\n  - ok\n  - '(a'\n`,
      '5: commandTests[0].expectedOutput[1]: error parsing regexp: missing closing ): `(a`',
    ],
    [
      `${V2}cowbox:\n  fileTests:\n  - {name: a, path: /a, type: folder}\n`,
      "4: cowbox.fileTests[0].type must be one of file, directory, symlink, fifo, character, block, socket, and is the text 'folder'",
    ],
    [
      `${V2}cowbox:\n  runTests:\n  - for: soon\n`,
      '4: cowbox.runTests[0].for must be a duration such as',
      "4: cowbox.runTests[0] lacks the key 'name'",
    ],
    [
      `${V2}cowbox: {limits: {maxSize: big}}\n`,
      "2: cowbox.limits.maxSize must be a size such as '20MB', and is the text 'big'",
    ],
    ['a: 1\n', '1: Please provide schema version'],
    ["schemaVersion: '3.0.0'\n", '1: Unsupported schema version: 3.0.0'],
    [`${V2}commandTests:\n- name: a\n  name: b\n`, '4: Map keys must be unique'],
    ['- 1\n- 2\n', '1: Please provide schema version'],
    ['', '1: Please provide schema version'],
    [`${V2}a: [1\n`, '3: '],
  ])('%j', (text, ...expected) => {
    const found = problems(text)
    expect(found).toHaveLength(expected.length)
    for (const [index, each] of expected.entries()) expect(found[index]?.slice(0, each.length)).toBe(each)
  })

  it('is JSON too, and must then be JSON', () => {
    const json = '{\n "schemaVersion": "2.0.0",\n "metadataTest": {"exposedPorts": ["80"]}\n}'
    expect(readSuite('a.json', json).suite?.metadataTest?.exposedPorts).toEqual(['80'])
    expect(problems("{'schemaVersion': '2.0.0'}", 'a.json')[0]).toMatch(/^1: no valid JSON/)
    expect(problems(json.replace('exposedPorts', 'exposedPort'), 'a.json')).toEqual([
      "3: unknown key 'exposedPort' in metadataTest; did you mean 'exposedPorts'?",
    ])
    expect(problems(json, 'a.toml')).toEqual(['1: Please provide valid JSON or YAML config file'])
  })

  it('reads scalars into texts as they are written, and merges maps', () => {
    const text = `${V2}x: &x\n  name: shared\n`
    expect(problems(text)).toEqual(["2: unknown key 'x'"])
    const { suite } = readSuite(
      'a.yml',
      `${V2}commandTests:\n- &one {name: one, command: echo, args: [8080, yes, 1.0, null]}\n- <<: *one\n  exitCode: 3\n`,
    )
    expect(suite?.commandTests[0]?.args).toEqual(['8080', 'yes', '1.0', ''])
    expect(suite?.commandTests[1]).toMatchObject({ name: 'one', command: 'echo', exitCode: 3 })
  })

  it('of version 1 has its command in one list, and no metadata', () => {
    const v1 = "schemaVersion: '1.0.0'\ncommandTests:\n- name: a\n  command: ['sh', '-c', 'exit 3']\n"
    expect(readSuite('a.yaml', v1).suite?.commandTests).toMatchObject([{ command: 'sh', args: ['-c', 'exit 3'] }])
    expect(problems(`${v1}metadataTest: {}\n`)).toEqual(["5: unknown key 'metadataTest'"])
  })

  it('does not grow without bound through aliases', () => {
    const rows = Array.from({ length: 30 }, (_, i) => `x${i + 1}: &a${i + 1} [${`*a${i},`.repeat(9)}]`)
    expect(problems(`${V2}x0: &a0 [x]\n${rows.join('\n')}\ncommandTests: [{args: *a30}]\n`)).toEqual([
      '1: document contains excessive aliasing',
    ])
    const merges = Array.from({ length: 30 }, (_, i) => `x${i + 1}: &a${i + 1} {<<: [${`*a${i},`.repeat(9)}]}`)
    expect(problems(`${V2}x0: &a0 {x: 1}\n${merges.join('\n')}\n`)).toEqual(['1: document contains excessive aliasing'])
    expect(problems(`${V2}commandTests:\n- &a {name: a, command: ls}\n${'- *a\n'.repeat(1000)}`)).toEqual([])
  })

  it.each([900, 3000, 20_000])('that nests %i deep is refused', depth => {
    const found = problems(`${V2}commandTests: ${'['.repeat(depth)}${']'.repeat(depth)}\n`)
    expect(found).toHaveLength(1)
    expect(found[0]).toMatch(/^2: (commandTests\[0\] must be a map, and is a list|nested too deeply)$/)
  })

  it('may name a key as every object has it: it is unknown like others', () => {
    const names = ['constructor', '__proto__', 'toString', 'hasOwnProperty']
    expect(problems(`${V2}${names.map(name => `${name}: 1\n`).join('')}`)).toEqual(
      names.map((name, index) => `${index + 2}: unknown key '${name}'`),
    )
  })

  it('says a key itself before, or after, it merges others', () => {
    const { suite } = readSuite(
      'a.yml',
      `${V2}commandTests:\n- &a {name: a, command: echo}\n- &b {name: b, exitCode: 2}\n- {name: c, <<: *a}\n- {<<: [*b, *a]}\n`,
    )
    expect(suite?.commandTests.slice(2)).toMatchObject([
      { name: 'c', command: 'echo' },
      { name: 'b', command: 'echo', exitCode: 2 },
    ])
  })

  it('has a JSON schema for editors', () => {
    expect(jsonSchema).toMatchObject({
      additionalProperties: false,
      required: ['schemaVersion'],
      properties: { commandTests: { items: { properties: { exitCode: { type: 'integer' } } } } },
    })
  })
})
