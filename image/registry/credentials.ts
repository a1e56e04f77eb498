// Who asks a registry. Hosts look it up where docker keeps it.

export interface Login {
  readonly username: string
  readonly password: string
  /** A refresh token in the place of a password (docker's `identitytoken`). */
  readonly identityToken?: string
}

/** `registry` as docker's config.json has it: `localhost:5000`, or `https://index.docker.io/v1/`. undefined: anonymous. */
export type Credentials = (registry: string) => Promise<Login | undefined>

/** `undefined` forgets it. Gives the place where it is kept. */
export type KeepLogin = (registry: string, login: Login | undefined) => Promise<string>

const DOCKER_HUB = 'https://index.docker.io/v1/'

/** Under which name a domain's login is kept. */
export function loginName(domain: string): string {
  return domain === 'docker.io' ? DOCKER_HUB : domain
}
