# Not on a terminal, and other words
$ mesg < /dev/null; mesg y < /dev/null
! mesg: not a tty
! mesg: not a tty
? 1
$ mesg x
! Usage
? 1
$ mesg Y
! Usage
? 1

# On a terminal
$ script -q -c 'mesg y; mesg; mesg no; mesg; echo $?' out | tr -d '\r'; rm out
is y
is n
0
~ differs: where the real one runs there are no pseudo terminals
