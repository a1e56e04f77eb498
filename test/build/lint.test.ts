// Build checks: each rule of docker's, by name, words and line (docs.docker.com/reference/build-checks).

import { expect, test } from 'vitest'
import { checkDockerfile } from '../../engine/build/build.ts'
import { IgnoreFile } from '../../engine/build/ignore.ts'
import { ruleUrl } from '../../engine/build/lint.ts'
import { contextOf, TestBuilder } from './builder.ts'

const builder = new TestBuilder()

async function check(dockerfile: string, ignored = '', args: [string, string][] = []): Promise<string[]> {
  const ignore = new IgnoreFile(ignored)
  const warnings = await checkDockerfile(builder.engine, {
    dockerfile,
    context: contextOf({}, ignore),
    ignore,
    buildArgs: new Map(args),
  })
  return warnings.map(({ rule, message, line }) => `${line} ${rule}: ${message}`)
}

test.each([
  ['FROM busybox AS Base', "1 StageNameCasing: Stage name 'Base' should be lowercase"],
  ['FROM busybox as base', "1 FromAsCasing: 'as' and 'FROM' keywords' casing do not match"],
  ['FROM busybox\nRUN a \\\n\n  b', '4 NoEmptyContinuation: Empty continuation line'],
  [
    'FROM busybox\nRun a\nRUN b',
    "2 ConsistentInstructionCasing: Command 'Run' should match the case of the command majority (uppercase)",
  ],
  [
    'from busybox\nrun a\nRUN b',
    "3 ConsistentInstructionCasing: Command 'RUN' should match the case of the command majority (lowercase)",
  ],
  [
    'FROM busybox AS a\nFROM scratch AS a',
    '2 DuplicateStageName: Duplicate stage name "a", stage names should be unique',
  ],
  [
    'FROM busybox AS scratch',
    '1 ReservedStageName: Stage name should not use the same name as reserved stage "scratch"',
  ],
  [
    'FROM busybox\nCMD echo',
    '2 JSONArgsRecommended: JSON arguments recommended for CMD to prevent unintended behavior related to OS signals',
  ],
  [
    'FROM busybox\nMAINTAINER me',
    '2 MaintainerDeprecated: Maintainer instruction is deprecated in favor of using label',
  ],
  [
    'ARG VERSION=latest\nFROM busybox:${VERSON:-latest}',
    "2 UndefinedArgInFrom: FROM argument 'VERSON' is not declared (did you mean VERSION?)",
  ],
  [
    'FROM busybox\nWORKDIR app',
    '2 WorkdirRelativePath: Relative workdir "app" can have unexpected results if the base image changes',
  ],
  ['FROM busybox\nARG foo\nCOPY $fooo /', "3 UndefinedVar: Usage of undefined variable '$fooo' (did you mean $foo?)"],
  ['FROM busybox\nENV A=$PAHT', "2 UndefinedVar: Usage of undefined variable '$PAHT' (did you mean $PATH?)"],
  [
    'FROM busybox\nCMD ["a"]\nCMD ["b"]',
    '2 MultipleInstructionsDisallowed: Multiple CMD instructions should not be used in the same stage because only the last one will be used',
  ],
  [
    'FROM busybox\nENV a b',
    '2 LegacyKeyValueFormat: "ENV key=value" should be used instead of legacy "ENV key value" format',
  ],
  [
    'FROM --platform=$TARGETPLATFORM busybox',
    '1 RedundantTargetPlatform: Setting platform to predefined $TARGETPLATFORM in FROM is redundant as this is the default behavior',
  ],
  [
    'FROM busybox\nARG GITHUB_TOKEN',
    '2 SecretsUsedInArgOrEnv: Do not use ARG or ENV instructions for sensitive data (ARG "GITHUB_TOKEN")',
  ],
  [
    'FROM --platform=linux/amd64 busybox',
    '1 FromPlatformFlagConstDisallowed: FROM --platform flag should not use constant value "linux/amd64"',
  ],
  [
    'FROM busybox\nEXPOSE 80/TcP',
    "2 ExposeProtoCasing: Defined protocol '80/TcP' in EXPOSE instruction should be lowercase",
  ],
  [
    'FROM busybox\nEXPOSE 127.0.0.1:80:80',
    "2 ExposeInvalidFormat: EXPOSE instruction should not define an IP address or host-port mapping, found '127.0.0.1:80:80'",
  ],
  [
    '# check=experimental=all\n# wrong\nFROM busybox AS base',
    '3 InvalidDefinitionDescription: Comment for FROM should follow the format: `# base <description>`',
  ],
])('%j', async (dockerfile, warning) => {
  expect((await check(dockerfile)).filter(text => !text.includes('InvalidBaseImage'))).toContain(warning)
})

test('a default that names no image', async () => {
  expect(await check('ARG TAG\nFROM busybox:${TAG}', '', [['TAG', 'latest']])).toEqual([
    '2 InvalidDefaultArgInFrom: Default value for ARG busybox:${TAG} results in empty or invalid base image name',
  ])
})

test('what is ignored, what another platform has', async () => {
  expect(await check('FROM scratch\nCOPY Dockerfile .\nADD ok /', 'Dockerfile')).toEqual([
    '2 CopyIgnoredFile: Attempting to Copy file "Dockerfile" that is excluded by .dockerignore',
  ])
  expect(
    await check('FROM --platform=$BUILDPLATFORM busybox AS b\nFROM --platform=linux/arm64 busybox AS arm64'),
  ).toEqual([
    '2 InvalidBaseImagePlatform: Base image busybox was pulled with platform "linux/amd64", expected "linux/arm64" for current build',
  ])
})

test.each([
  [
    'FROM busybox AS base\nARG A=1 API_KEY_FILE\nENV B=$A PATH=$PATH:/x\nWORKDIR /app\nWORKDIR sub\nEXPOSE 80 81/udp\nCMD ["sh"]',
  ],
  ['FROM busybox\nSHELL ["/bin/sh", "-c"]\nCMD echo'],
  ['# check=skip=JSONArgsRecommended\nFROM busybox\nCMD echo'],
  ['# check=skip=all\nfrom busybox as B\nCMD echo'],
  ['FROM busybox AS a\nARG X=1\nFROM a\nENV Y=$X'],
  ['FROM scratch\nCOPY a /'],
])('%j has nothing to warn of', async dockerfile => {
  expect(await check(dockerfile)).toEqual([])
})

test('where docker explains a rule', () => {
  expect(ruleUrl('JSONArgsRecommended')).toBe('https://docs.docker.com/go/dockerfile/rule/json-args-recommended/')
  expect(ruleUrl('StageNameCasing')).toBe('https://docs.docker.com/go/dockerfile/rule/stage-name-casing/')
  expect(ruleUrl('SecretsUsedInArgOrEnv')).toBe(
    'https://docs.docker.com/go/dockerfile/rule/secrets-used-in-arg-or-env/',
  )
})
