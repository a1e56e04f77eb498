# Without a terminal it copies
< words
zeta
alpha
mu
$ less words
zeta
alpha
mu
$ less nope
! less: can't open 'nope': No such file or directory
? 1
