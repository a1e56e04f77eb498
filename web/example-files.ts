// What lies in the workbench at the beginning: the example, as its story begins.

export interface ExampleFile {
  readonly name: string
  readonly mode: number
  readonly text: string
}

export const EXAMPLE_DIRECTORY = 'scbusybox'

const DOCKERFILE = `FROM busybox
COPY . /
RUN cat /hello.txt
ENTRYPOINT ["/while.sh"]
`

const WHILE = `#! /bin/bash
i=1
while :
do
	echo "hello world,sanchuang $i"
	let i++
	sleep 1

done
`

/** `while.sh` has no x bit yet, and asks for a shell that the image lacks: the story is about both. */
export const EXAMPLE_FILES: readonly ExampleFile[] = [
  { name: 'Dockerfile', mode: 0o644, text: DOCKERFILE },
  { name: 'hello.txt', mode: 0o644, text: 'welcome to sanchuang!\n' },
  { name: 'while.sh', mode: 0o644, text: WHILE },
]
