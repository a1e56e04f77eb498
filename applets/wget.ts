import { flag, list, number, text } from '../lib/options.ts'
import { applet, Failure } from './applet.ts'

/** wget without a network: it fails at once, as busybox does where there is none. */
export default applet({
  name: 'wget',
  about: 'Fetch URLs (refused: a container has no network)',
  operands: 'URL...',
  least: 1,
  options: {
    spider: flag('--spider', 'Only whether the URL is there'),
    header: list('--header', 'STR', 'One more header'),
    postData: text('--post-data', 'STR', 'Send STR by POST'),
    postFile: text('--post-file', 'FILE', 'Send FILE by POST'),
    noCheck: flag('--no-check-certificate', 'Do not check certificates'),
    resume: flag('-c --continue', 'Go on where a fetch ended'),
    quiet: flag('-q --quiet', 'Tell nothing but errors'),
    prefix: text('-P --directory-prefix', 'DIR', 'Into DIR'),
    response: flag('-S --server-response', 'Show what the server says'),
    timeout: number('-T --timeout', 'SEC', 'Give up after SEC seconds'),
    tries: number('-t --tries', 'N', 'Try N times'),
    output: text('-O --output-document', 'FILE', 'Into FILE'),
    log: text('-o --output-file', 'FILE', 'Messages into FILE'),
    agent: text('-U --user-agent', 'STR', 'The name of the program'),
    proxy: text('-Y --proxy', 'on/off', 'Whether by a proxy'),
    passive: flag('--passive-ftp', 'Accepted'),
  },
  async main({ proc, options, operands }) {
    const [url = ''] = operands
    const match = /^(?:(http|https|ftp):\/\/)?(?:[^/@]*@)?(\[[^\]]*\]|[^/:?#]*)(?::(\d+))?/.exec(url)
    const scheme = /^([a-z]+):\/\//.exec(url)?.[1]
    if (scheme !== undefined && !['http', 'https', 'ftp'].includes(scheme))
      throw new Failure(`not an http or ftp url: ${url}`)
    const host = match?.[2] ?? ''
    const port = match?.[3] ?? (scheme === 'https' ? '443' : scheme === 'ftp' ? '21' : '80')
    const isAddress = /^\d+\.\d+\.\d+\.\d+$/.test(host) || host.startsWith('[')
    if (!isAddress && host !== 'localhost') throw new Failure(`bad address '${host}'`)
    const address = host === 'localhost' ? '127.0.0.1' : host
    if (!options.quiet) await proc.stderr.line(`Connecting to ${host} (${address}:${port})`)
    const isLocal = address.startsWith('127.')
    throw new Failure(
      `can't connect to remote host (${address}): ${isLocal ? 'Connection refused' : 'Network is unreachable'}`,
    )
  },
})
