// The shell's benchmark set: one line of script each, which counts to N.

export interface Workload {
  readonly name: string
  /** What makes the ground for it; its time is not counted. `DIR` is an empty directory. */
  readonly setup?: string
  readonly script: string
  readonly count: number
  /** Real shells run so many times fewer turns where each costs them milliseconds of forking. */
  readonly fewer?: number
  /** The same of just-bash, where it would take minutes. */
  readonly fewerPeer?: number
}

const turns = (body: string) => `i=0; while [ $i -lt N ]; do i=$((i+1)); ${body}; done`

export const WORKLOADS: readonly Workload[] = [
  { name: 'loop', script: 'i=0; while [ $i -lt N ]; do i=$((i+1)); done', count: 1_000_000, fewerPeer: 20 },
  {
    name: 'arithmetic',
    script: turns('s=$(( (s * 31 + i % 7) & 65535 )); t=$(( s > 9 ? t + s : t ^ i ))'),
    count: 400_000,
    fewerPeer: 20,
  },
  { name: 'string building', script: turns('s="$s,$i"'), count: 20_000, fewerPeer: 4 },
  {
    name: 'functions',
    script: `f() { a=$1; g "$a" x; }; g() { b=$1$2; return 0; }; ${turns('f $i')}`,
    count: 300_000,
    fewerPeer: 20,
  },
  {
    name: 'case',
    script: turns('case $i in *[!0-9]*) r=bad;; *00) r=hundred;; *[02468]) r=even;; [1-4]*) r=low;; *) r=odd;; esac'),
    count: 400_000,
    fewerPeer: 20,
  },
  {
    name: 'parameter expansion',
    script: `p=/usr/local/lib/libone.so.1; ${turns('a=${p##*/}; b=${p%/*}; c=${a%%.*}; d=${x:-$c}; e=${#p}; f="${p#/}:$e"')}`,
    count: 200_000,
    fewerPeer: 10,
  },
  {
    name: 'for over 100,000 words',
    script: 'i=0; while [ $i -lt N ]; do i=$((i+1)); for w in $(seq 100000); do n=$((n+1)); l=$w; done; done',
    count: 4,
    fewerPeer: 4,
  },
  {
    name: 'read of 100,000 lines',
    setup: 'seq 100000 | sed "s/\\$/ two three/" >DIR/lines',
    script: 'while read -r a b; do n=$((n+1)); done <DIR/lines',
    count: 100_000,
  },
  {
    name: 'recursion',
    script:
      'fib() { if [ $1 -lt 2 ]; then r=$1; return; fi; local n=$1 a; fib $((n-1)); a=$r; fib $((n-2)); r=$((a+r)); }; i=0; while [ $i -lt N ]; do i=$((i+1)); fib 15; done',
    count: 160,
    fewerPeer: 40,
  },
  { name: 'x=$(echo ...)', script: turns('x=$(echo $i)'), count: 50_000, fewer: 50, fewerPeer: 10 },
  {
    name: 'x=$(function)',
    script: `f() { if [ "$1" = 7 ]; then echo seven; else printf '%s\\n' "$1"; fi; }; ${turns('x=$(f $i)')}`,
    count: 20_000,
    fewer: 20,
    fewerPeer: 10,
  },
  { name: 'subshells', script: turns('(x=$i; y=$x)'), count: 10_000, fewer: 10, fewerPeer: 2 },
  { name: 'pipelines', script: turns('echo $i | cat >/dev/null'), count: 5_000, fewer: 10, fewerPeer: 5 },
  {
    name: 'here-documents',
    script: turns('read -r a b <<E\n$i two $((i+1))\nE\n:'),
    count: 50_000,
    fewer: 2,
    fewerPeer: 10,
  },
  {
    name: 'globbing 10,000 names',
    setup: 'cd DIR || exit; i=0; while [ $i -lt 10000 ]; do i=$((i+1)); : >f$i; done',
    script: 'cd DIR || exit; i=0; while [ $i -lt N ]; do i=$((i+1)); set -- *; set -- f*7?; done',
    count: 60,
    fewerPeer: 4,
  },
]
