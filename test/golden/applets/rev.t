# Characters are turned round, not bytes
< words
zeta
alpha
mu
$ echo héllo | rev
olléh
~ differs: characters are turned; Debian's busybox knows no UTF-8 without a locale
$ rev words
atez
ahpla
um
