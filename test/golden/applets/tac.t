# The last line first
< words
zeta
alpha
mu
$ tac words
mu
alpha
zeta
$ printf 'a\nb' | tac
ba
