# A file is replaced
< words
zeta
alpha
mu
$ gzip words; gunzip words.gz; cat words
zeta
alpha
mu

# Only by its suffix
< words
zeta
alpha
mu
$ gunzip words
! gunzip: words: unknown suffix - ignored
? 1

# Members follow one another
< words
zeta
alpha
mu
$ gzip -c words > x.gz; gzip -c words >> x.gz; gunzip -c x.gz
zeta
alpha
mu
zeta
alpha
mu
