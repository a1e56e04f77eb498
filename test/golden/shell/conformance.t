# A command without a name has the status of its last substitution
$ $(exit 11); echo $?; >/dev/null$(exit 17); echo $?; x=$(exit 3); echo $?; $(:); echo $?
11
17
3
0
$ case $(false) in esac; echo $?; case $(false) in x) ;; esac; echo $?
0
0

# Empty parameters make no fields outside of quotes
$ set -- "" "" ""; for i in $*; do echo "<$i>"; done; for i in =$@=; do echo "<$i>"; done; IFS=; for i in $@; do echo "<$i>"; done
\<=>
\<=>

# getopts begins anew with new positional parameters
$ set -u; getopts ab o -a; echo "$o <$OPTARG>"
a <>
$ set -- -c -d; while getopts cd o; do echo $o $OPTIND; done; set --; getopts cd o; echo $? $OPTIND
c 2
d 3
1 1
$ f() { getopts ab x; echo $x $OPTIND; getopts ab x; echo $x $OPTIND; }; set -- -ab; getopts ab y; f -ba; getopts ab y; echo $y
b 2
a 2
b
$ getopts a: 1x -a foo; echo $? $OPTARG $OPTIND
2 foo 3
! sh: getopts: line 0: 1x: bad variable name

# The redirections of `command exec` stay, those of a copy of itself are none
$ command exec 3>out; echo hi >&3; cat out; : 5>&5; echo $?
hi
0

# A refused redirection of a special builtin is told where the redirections around it send it
$ { exec >&7; } 2>out; echo not reached
? 1
$ cat out
sh: 7: Bad file descriptor

# A tilde in the word of ${x-word}
$ HOME=/home/x; echo ${a-~} ${a-~/y} "${a-~}" ${a-"~"}
/home/x /home/x/y ~ ~

# What exec starts gets the assignments before it
$ BLAH=123 exec env | grep BLAH
BLAH=123
$ (trap 'echo caught' USR1; sh -c 'kill -USR1 $PPID'; sleep 0.1)
caught

# The last stage of a background pipeline is the one that $! names
$ echo a | { cat; exit 5; } & wait $!; echo $?
a
5

# With -C nothing is overwritten by &> either
$ set -C; echo a >f; echo b &>f; echo $?; cat f; echo c >|f; cat f
1
a
c
! sh: can't create f: File exists

# set: a lone + and a lone -
$ set - +; echo "$@"; set + -; echo "$@"; set -x -; echo $-
+
+
c

# jobs in a subshell shows those of its shell
$ sleep 1 & jobs | wc -l; kill $!
1

# A - behind -- is an operand
$ echo 'echo "$#" "$1"' | sh -s -- -
1 -

# eval and CDPATH
$ mkdir -p d/sub; CDPATH=d:.; cd sub; pwd; cd /tmp/box; cd -P -L d/../d; pwd
/tmp/box/d/sub
/tmp/box/d/sub
/tmp/box/d
/tmp/box/d
$ printf 'echo "$0"\necho in\n' >s; sh -v s
s
in
! echo "$0"
! echo in

# A backslash-newline between any two characters of an expansion
< s
x=abc; echo $\
{\
\#\
x} $(\
(1+\
2)\
)
$ sh s
3 3

# A sourced directory is an empty script
$ . /tmp; echo $?
0

# exit and return without a status in a trap's action mean the status before it
$ trap 'false; exit' TERM; kill $$; echo not reached
$ f() { (exit 7); kill -USR1 $$; echo not reached; }; trap 'true; return' USR1; f; echo $?
0

# A subshell has no traps but its own
$ trap 'echo a' INT; (trap); trap | cat; (trap 'echo b' TERM; trap)
trap -- 'echo b' TERM

# A child that has ended is not there for kill; what was printed before a deadly signal is seen
$ sleep 0.1 & sleep 0.5; kill -0 $! 2>/dev/null; echo $?; sh -c 'echo seen; kill -9 $$'; echo $?
1
seen
137
! Killed

# OPTERR=0 keeps getopts quiet, exec closes what it replaced
$ OPTERR=0; getopts a x -b; echo $x; mkfifo p; cat p & exec 3>p; echo in >&3; exec 3>&-; wait; echo out
\?
in
out

# set -x shows the assignments before a command
$ set -x; a=1 b='x y' : word; a=2 env true; f() { :; }; a=3 f z; c=4; d=5 echo hi
hi
! + a=1 b='x y' : word
! + a=2 env true
! + a=3 f z
! + :
! + c=4
! + d=5 echo hi
