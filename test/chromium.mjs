// Finds a Chromium for the browser tests; installs Debian's where that is possible; else says what to do.

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome', 'msedge']
const FIXED = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

export function findChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM
  const folders = (process.env.PATH ?? '').split(delimiter)
  return [...folders.flatMap(folder => NAMES.map(name => join(folder, name))), ...FIXED].find(existsSync)
}

/** The path of a Chromium. Throws with what to do when there is none and none can be installed. */
export function requireChromium() {
  const found = findChromium()
  if (found) return found
  const canInstall = existsSync('/etc/debian_version') && process.getuid?.() === 0
  if (canInstall) {
    console.log('No Chromium found: installing the Debian package chromium')
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
      spawnSync('apt-get', ['-qq', ...args], { stdio: ['ignore', 'ignore', 'inherit'], env })
    }
    const installed = findChromium()
    if (installed) return installed
  }
  throw new Error(
    'The browser tests need a Chromium. Install one (Debian, Ubuntu: apt-get install chromium; macOS: brew install --cask chromium)\n' +
      'or name yours: CHROMIUM=/path/to/chrome npm test',
  )
}
