# Without a terminal it copies
< words
zeta
alpha
mu
$ more words
zeta
alpha
mu
$ more nope
! more: can't open 'nope': No such file or directory
? 1
