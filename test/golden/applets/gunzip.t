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

# Kept, tested, told, names
$ seq 100 > f
$ gzip -k f
$ rm f
$ gunzip -k f.gz
$ ls
f
f.gz
$ md5sum < f
d632eba71107bf7bc3ec423eab256d78  -
$ gunzip f.gz
! gunzip: can't open 'f': File exists
? 1
$ gunzip -f f.gz
$ ls
f
$ gzip f
$ gunzip -t f.gz
$ gunzip -q -c f.gz | tail -n 1
100
$ gunzip -n f.gz
$ ls
f
$ gunzip -c nox
! gunzip: nox: No such file or directory
? 1
$ cp f g
$ gunzip g
! gunzip: g: unknown suffix - ignored
? 1
$ mv g g.gz
$ gunzip g.gz
! gunzip: invalid magic
? 1

# Nothing at all is too little
$ printf '\037\213' | gunzip -c
! gunzip: corrupted data
? 1
$ bunzip2 -c < /dev/null
! bunzip2: invalid magic
? 1
