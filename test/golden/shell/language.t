# Loops, functions, case
$ i=0; while [ $i -lt 3 ]; do i=$((i+1)); echo $i; done
1
2
3
$ f() { case $1 in a*) echo starts;; *b) echo ends;; *) echo neither;; esac; }; f abc; f xb; f q
starts
ends
neither
$ for x in one "two three" four; do echo "<$x>"; done
\<one>
\<two three>
\<four>
$ until false; do echo once; break; done; echo $?
once
0
$ for i in 1 2 3; do for j in a b; do [ $j = b ] && continue 2; echo $i$j; done; done
1a
2a
3a

# Parameters
$ v=hello; echo ${v#he} ${v%lo} ${#v} ${v:1:3} ${v/l/L} ${v//l/L}
llo hel 5 ell heLlo heLLo
$ unset u; echo "${u-default} ${u:=set} $u ${u:+alt}"
default set set alt
$ set -- a "b c" d; echo $#; for x in "$@"; do echo "<$x>"; done; echo "$*"; IFS=,; echo "$*"
3
\<a>
\<b c>
\<d>
a b c d
a,b c,d
$ echo ${nope?gone}; echo not reached
! sh: nope: gone
? 2
$ p=/usr/local/lib/x.tar.gz; echo ${p##*/} ${p%%.*} ${p%/*}
x.tar.gz /usr/local/lib/x /usr/local/lib

# Fields are split on IFS after expansion, not before
$ v='a:b'; IFS=:; set -- $v; echo $#
2
$ v=' a  b '; for x in $v; do echo "<$x>"; done
\<a>
\<b>
$ IFS=' :'; v='a : b::c'; for x in $v; do echo "<$x>"; done
\<a>
\<b>
\<>
\<c>

# Arithmetic
$ echo $((1+2*3)) $((7/2)) $((-7%3)) $((1<<4)) $((0x1f)) $((010)) $((5>3?1:0))
7 3 -1 16 31 8 1
$ x=5; echo $((x+=2)) $x $((x++)) $x $((--x))
7 7 7 8 7
$ echo $((1/0))
! sh: divide by zero
? 2
$ echo $((9223372036854775807+1))
-9223372036854775808
$ let a=2+3 b=a*2; echo $a $b
5 10

# Quoting and substitution
$ echo "a $(echo b; echo c) d" `echo e`
a b
c d e
$ echo 'single $x' "double \$x \"q\"" \*
single $x double $x "q" *
$ echo $'tab\there\x41\101'
tab	hereAA
$ x='*'; echo "$x"; touch f1 f2; echo f* ; echo "f*"
*
f1 f2
f*
$ printf 'cat <<E\n$((1+1)) $(echo sub)\nE\n' > s; sh s
2 sub

# Redirections
$ echo out; echo err >&2; { echo both; echo two >&2; } 2>&1
out
both
two
! err
$ echo one > f; echo two >> f; cat f; cat < f | wc -l
one
two
2
$ exec 3>g; echo three >&3; exec 3>&-; cat g
three
$ set -C; echo x > h; echo y > h; cat h
x
! sh: can't create h: File exists
$ cat < missing
! sh: can't open missing: no such file
? 1
$ ls missing 2>/dev/null; echo $?
1

# Pipelines, lists, status
$ echo a | cat | tr a b; false | true; echo $?
b
0
$ ! true; echo $?; true && echo yes || echo no; false && echo yes || echo no
1
yes
no
$ set -o pipefail; false | true; echo $?
1
$ (exit 7); echo $?; { false; }; echo $?
7
1
$ nosuchcommand; echo $?
127
! sh: nosuchcommand: not found
$ set -e; false; echo not reached
? 1

# Functions, local, return, recursion
$ f() { local x=1; x=2; return 3; }; x=0; f; echo $? $x
3 0
$ fact() { if [ $1 -le 1 ]; then echo 1; else echo $(( $1 * $(fact $(($1-1))) )); fi; }; fact 10
3628800

# Traps and signals
$ trap 'echo bye' EXIT; echo hi
hi
bye
$ trap 'echo got' USR1; kill -USR1 $$; echo after
got
after
$ (sleep 100 & p=$!; kill $p; wait $p; echo $?)
143
! Terminated
$ sh -c 'kill -9 $$'; echo $?
137
! Killed
$ trap 'echo int' INT; trap
trap -- 'echo int' INT

# Read
$ printf 'a b c\nd\\e\n' | { read x y; echo "$x|$y"; read z; echo "$z"; read w; echo $?; }
a|b c
de
1
$ printf 'a:b:c\n' | { IFS=: read x y; echo "$x $y"; }
a b:c
$ echo 'raw\t' | { read -r x; echo "$x"; }
raw\t

# getopts, shift, set
$ set -- -a -b val rest; while getopts ab: o; do echo "$o $OPTARG"; done; shift $((OPTIND-1)); echo $1
a 
b val
rest
$ set -- a b c; shift; echo $*; shift 5; echo $?
b c
1

# Errors
$ if
! sh: syntax error: unexpected end of file (expecting "then")
? 2
$ echo "unterminated
! sh: syntax error: unterminated quoted string
? 2
$ case x in esac; for; do
! sh: syntax error: bad for loop variable
? 2
$ i=1
$ while: 
! sh: while:: not found
? 127

# What ends the shell is told where stderr leads at that moment
$ sh -c 'f() { echo "${x?unset}"; }; f 2>/dev/null; echo no'
? 2
$ sh -uc '{ sleep 0; echo "$x"; } 2>message'; cat message
sh: x: parameter not set
$ sh -c 'eval "readonly r; r=1" 2>/dev/null; echo no'
? 2

# A redirection's words are expanded in the shell itself; an error in a document's body is only the redirection's
$ echo x >g; cat g >${name:=f}; echo $name; cat f
f
x
$ printf 'cat <<E; echo $?\n${nosuch?none}\nE\n' > s; sh s
! s: line 1: nosuch: none
1
$ printf 'cat <<E; echo ended\n\\\nE\n' > s; sh s
ended
$ sh -c 'cat f >${nosuch?none}; echo no'
! sh: nosuch: none
? 2
$ x=0; echo $((x+=(x=1)))
2

# A length that would end before it begins takes the rest
$ a=foo; echo "${a:1:-3}|${a:1:-1}|${a:1:-2}|${a:2:-9}|${a:5:-1}|"
oo|o||o||
$ test ! -eq; echo $?; test ! ''; echo $?; test ! -n; echo $?
1
0
1

# A script may come through a pipe, a fifo or a device
$ echo 'echo "sourced $1"; set -- b' | { set -- a; . /dev/stdin; echo $1; }
sourced a
b
$ mkfifo f; (echo echo one; echo echo two) >f & . ./f; wait
one
two
$ echo 'echo "from $0"' | sh /dev/stdin
from /dev/stdin
