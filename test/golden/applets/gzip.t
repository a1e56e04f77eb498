# A file is replaced
< words
zeta
alpha
mu
$ gzip words; ls; gzip -d words.gz; cat words
words.gz
zeta
alpha
mu

# A file that is there is not
< words
zeta
alpha
mu
$ gzip -k words; gzip words
! gzip: can't open 'words.gz': File exists
? 1

# What is no gzip data
< words
zeta
alpha
mu
$ gzip -t words
! gzip: invalid magic
? 1

# Streams
< words
zeta
alpha
mu
$ gzip < words | gzip -d
zeta
alpha
mu

# Forced, told, quick, small
$ seq 100 > f
$ cp f g
$ gzip g
$ cp f g
$ gzip g
! gzip: can't open 'g.gz': File exists
? 1
$ gzip -f g
$ ls
f
g.gz
$ gzip -1 -n -c f | gunzip | md5sum
d632eba71107bf7bc3ec423eab256d78  -
$ gzip -9 -c f | zcat | md5sum
d632eba71107bf7bc3ec423eab256d78  -
$ gzip -q -c f | gzip -d | md5sum
d632eba71107bf7bc3ec423eab256d78  -
$ gzip -t g.gz
$ gzip -dc g.gz | md5sum
d632eba71107bf7bc3ec423eab256d78  -
$ gzip -v f 2>&1 | cut -c 1-2
f:
$ ls
f.gz
g.gz
$ echo x > y
$ gzip y
$ gzip y.gz
$ gzip nox
! gzip: nox: No such file or directory
? 1
$ mkdir d
$ gzip < y.gz > z
! sh: can't open y.gz: no such file
? 1
$ echo y | gzip -c | head -c 20 | gunzip -c
y
! gunzip: corrupted data
? 1
$ printf 'junk' | gunzip -c
! gunzip: invalid magic
? 1
