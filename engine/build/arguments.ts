// ARG: which value a name has in a stage, and which names there are without being declared (Dockerfile reference, "ARG").

import type { Platform } from '../../image/manifest.ts'
import { formatPlatform } from '../../image/platform.ts'
import { expandWord, type Variables } from './metadata.ts'
import type { ArgInstruction, BuildPlan } from './plan.ts'

/** undefined: the name is declared, and nobody gave it a value. */
export function declaredValues(
  instruction: ArgInstruction,
  plan: BuildPlan,
  buildArgs: ReadonlyMap<string, string> | undefined,
  variables: Variables,
): (readonly [name: string, value: string | undefined])[] {
  return instruction.names.map(([name, initial]) => {
    const written = initial === undefined ? undefined : expandWord(instruction, initial, variables)
    return [name, buildArgs?.get(name) ?? written ?? plan.globals.get(name) ?? plan.automatic.get(name)] as const
  })
}

/** Known without being declared (Dockerfile reference, "Predefined ARGs"). */
export const PROXIES: readonly string[] = ['HTTP_PROXY', 'HTTPS_PROXY', 'FTP_PROXY', 'NO_PROXY', 'ALL_PROXY'].flatMap(
  name => [name, name.toLowerCase()],
)

export function automaticArgs(how: {
  readonly target: string | undefined
  readonly platform: Platform
  readonly build: Platform
  readonly sourceDateEpoch: number | undefined
}): Map<string, string> {
  const { sourceDateEpoch } = how
  return new Map([
    ...platformArgs('TARGET', how.platform),
    ...platformArgs('BUILD', how.build),
    ['TARGETSTAGE', how.target ?? 'default'],
    ...(sourceDateEpoch === undefined ? [] : ([['SOURCE_DATE_EPOCH', String(sourceDateEpoch)]] as const)),
  ])
}

function platformArgs(prefix: string, platform: Platform): [string, string][] {
  return [
    [`${prefix}PLATFORM`, formatPlatform(platform)],
    [`${prefix}OS`, platform.os],
    [`${prefix}ARCH`, platform.architecture],
    [`${prefix}VARIANT`, platform.variant ?? ''],
  ]
}
