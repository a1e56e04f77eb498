# A sum
< words
zeta
alpha
mu
$ sha1sum words
1e2d8eef9d2e1a1b34b2ed467ae788180d16cd59  words
$ printf '' | sha1sum
da39a3ee5e6b4b0d3255bfef95601890afd80709  -
