# Characters are turned round, not bytes
< words
zeta
alpha
mu
$ echo héllo | rev
olléh
$ rev words
atez
ahpla
um
