// Speed as ratios of CPU time, ours beside other programs in the same run. `npm run bench`: the bars of the whole;
// `npm run bench shell [NAME]...`: the shell's benchmark set, or what of it is named; `npm run bench applets [NAME]...`:
// the applets on large inputs; `npm run bench smoke`: a suite of 1,000 checks of an image, in seconds, and what forks cost;
// `npm run bench images [NAME]...`: builds, loads and digests beside the real builders.
// `npm run bench tab-hash`: digests in Chromium, beside the browser's own and hash-wasm, and whether they are Node's.
// `npm run bench memory [NAME]...`: what long loops of the shell hold.

const [set = 'story', ...names] = process.argv.slice(2)

if (set === 'story') await import('./story.ts')
else if (set === 'shell') (await import('./shell.ts')).benchShell(names)
else if (set === 'applets') (await import('./applets.ts')).benchApplets(names)
else if (set === 'smoke') await (await import('./smoke.ts')).benchSmoke()
else if (set === 'images') await (await import('./images.ts')).benchImages(names)
else if (set === 'tab-hash') await (await import('./tab-hash.ts')).benchTabHash()
else if (set === 'memory') await (await import('./memory.ts')).benchMemory(names)
else throw new Error(`bench: no set '${set}': story, shell, applets, smoke, images, tab-hash or memory`)

export {}
