// Who asks a registry, from where docker and podman keep it: config.json, auth.json, and credential helpers.

import { execFile } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { Credentials, Login } from '../../image/registry/credentials.ts'
import { RegistryError } from '../../image/registry/registry-error.ts'
import { hasCode } from './host-error.ts'
import { parseJsonFile, writeWhole } from './whole-files.ts'

interface DockerConfig {
  readonly auths?: Readonly<Record<string, { readonly auth?: string; readonly identitytoken?: string }>>
  readonly credsStore?: string
  readonly credHelpers?: Readonly<Record<string, string>>
}

/** The first file that knows of the registry decides. */
export function nodeCredentials(env: NodeJS.ProcessEnv): Credentials {
  return async registry => {
    for (const path of configPaths(env)) {
      const config = parseJsonFile<DockerConfig>(path)
      const login = config && (await lookUp(config, registry))
      if (login) return login
    }
    return undefined
  }
}

/** Where a login is kept from now on: docker's own file. Throws RegistryError: a helper keeps it, and refuses. */
export async function keepLogin(env: NodeJS.ProcessEnv, registry: string, login: Login | undefined): Promise<string> {
  const path = dockerConfigPath(env)
  const config = parseJsonFile<DockerConfig>(path) ?? {}
  const helper = config.credHelpers?.[registry] ?? config.credsStore
  if (helper) {
    const given = JSON.stringify({ ServerURL: registry, Username: login?.username, Secret: login?.password })
    await askHelper(helper, login ? 'store' : 'erase', login ? given : registry)
    return `docker-credential-${helper}`
  }
  const { [registry]: _old, ...others } = config.auths ?? {}
  const auth = login && Buffer.from(`${login.username}:${login.password}`).toString('base64')
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const auths = auth === undefined ? others : { ...others, [registry]: { auth } }
  writeWhole(path, `${JSON.stringify({ ...config, auths }, null, '\t')}\n`, 0o600)
  return path
}

function dockerConfigPath(env: NodeJS.ProcessEnv): string {
  return join(env.DOCKER_CONFIG ?? join(homedir(), '.docker'), 'config.json')
}

function configPaths(env: NodeJS.ProcessEnv): string[] {
  return [
    ...(env.REGISTRY_AUTH_FILE ? [env.REGISTRY_AUTH_FILE] : []),
    dockerConfigPath(env),
    ...(env.XDG_RUNTIME_DIR ? [join(env.XDG_RUNTIME_DIR, 'containers/auth.json')] : []),
  ]
}

async function lookUp(config: DockerConfig, registry: string): Promise<Login | undefined> {
  const names = [registry, registry.replace(/^https?:\/\/([^/]+).*$/, '$1'), `https://${registry}`]
  for (const name of names) {
    const helper = config.credHelpers?.[name]
    if (helper) return fromHelper(helper, registry)
    const kept = config.auths?.[name]
    if (kept?.auth) return fromAuth(kept.auth, kept.identitytoken)
    if (kept?.identitytoken) return { username: '', password: '', identityToken: kept.identitytoken }
  }
  return config.credsStore ? fromHelper(config.credsStore, registry) : undefined
}

function fromAuth(auth: string, identityToken: string | undefined): Login {
  const text = Buffer.from(auth, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  const [username, password] = [text.slice(0, colon), text.slice(colon + 1).replace(/\0+$/, '')]
  return { username, password, ...(identityToken ? { identityToken } : {}) }
}

async function fromHelper(helper: string, registry: string): Promise<Login | undefined> {
  const text = await askHelper(helper, 'get', registry)
  if (text === undefined) return undefined
  // What a helper prints, docker-credential-helpers defines.
  const { Username = '', Secret = '' } = JSON.parse(text) as { Username?: string; Secret?: string }
  return Username === '<token>'
    ? { username: '', password: '', identityToken: Secret }
    : { username: Username, password: Secret }
}

/** undefined: it knows no such registry. */
async function askHelper(helper: string, verb: 'get' | 'store' | 'erase', input: string): Promise<string | undefined> {
  if (!/^[\w.-]+$/.test(helper))
    throw new RegistryError(`a credential helper cannot be called ${JSON.stringify(helper)}`)
  const running = promisify(execFile)(`docker-credential-${helper}`, [verb], { encoding: 'utf8' })
  running.child.stdin?.end(input)
  try {
    return (await running).stdout
  } catch (error) {
    if (hasCode(error, 'ENOENT')) throw new RegistryError(`docker-credential-${helper} is not installed`)
    if (!(error instanceof Error)) throw error
    const said = 'stdout' in error ? String(error.stdout).trim() : ''
    if (/credentials not found/i.test(said)) return undefined
    throw new RegistryError(`docker-credential-${helper}: ${said || error.message}`)
  }
}
