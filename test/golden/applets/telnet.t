# What the server says is shown, what is typed is sent with CR LF
$ (sleep 0.4; echo hello; sleep 0.6) | nc -l -p 7200 > got & sleep 0.3; (sleep 0.4; echo typed; sleep 0.2) | telnet 127.0.0.1 7200 | cat -A; wait; od -c got
hello$
Connected to 127.0.0.1$
0000000   t   y   p   e   d  \r  \n
0000007

# The server echoes: a character at a time
$ (printf '\377\375\001\377\373\001\377\375\003login: '; sleep 1) | nc -l -p 7201 > got & sleep 0.3; (sleep 0.4; echo typed; sleep 0.1) | telnet 127.0.0.1 7201 | cat -A; wait; od -c got
^M$
login: Connected to 127.0.0.1$
^M$
Entering character mode^M$
Escape character is '^]'.^M$
0000000 377 374 001 377 375 001 377 375 003   t   y   p   e   d  \r  \n
0000020

# The terminal and the user are told when the server asks
$ (printf '\377\375\030\377\372\030\001\377\360\377\375\047\377\372\047\001\377\360\377\373\005'; sleep 1) | nc -l -p 7202 > got & sleep 0.3; (sleep 0.4) | TERM=vt100 telnet -l me 127.0.0.1 7202; wait; od -c got
Connected to 127.0.0.1
0000000 377 373 030 377 372 030  \0   v   t   1   0   0 377 360 377 373
0000020   ' 377 372   '  \0  \0   U   S   E   R 001   m   e 377 360 377
0000040 376 005
0000042

# The server ends
$ echo bye | nc -l -p 7203 -e echo bye & sleep 0.3; (sleep 1) | telnet 127.0.0.1 7203 | cat -A
bye$
Connection closed by foreign host^M$
Connected to 127.0.0.1$

# Nobody there
$ telnet 127.0.0.1 9
! telnet: can't connect to remote host (127.0.0.1): Connection refused
? 1
$ telnet nosuch.invalid
! telnet: bad address 'nosuch.invalid'
? 1
$ telnet
! Usage
? 1
$ telnet -x
! telnet: invalid option -- 'x'
! Usage
? 1
