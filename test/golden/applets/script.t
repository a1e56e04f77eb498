# A session written down
$ script -q -c 'echo hi; tty; exit 3' out | tr -d '\r'; echo $?; cat -A out
hi
/dev/pts/0
0
hi^M$
/dev/pts/0^M$
~ differs: where the real one runs there are no pseudo terminals
$ script -c 'echo one' out | tr -d '\r'; script -a -ttim -c 'echo two; sleep 2; printf end' out > /dev/null; tr -d '\r' < out; echo; cat tim
Script started, file is out
one
Script done, file is out
one
two
end
0.000000 5
2.000000 3
~ differs: where the real one runs there are no pseudo terminals
$ echo 'echo from stdin; exit' | SHELL=/bin/sh script -q > /dev/null; grep -q stdin typescript; echo $?
0
~ differs: where the real one runs there are no pseudo terminals
