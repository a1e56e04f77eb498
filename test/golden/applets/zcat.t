# To stdout
< words
zeta
alpha
mu
$ gzip -k words; zcat words.gz
zeta
alpha
mu

# What is no gzip data
< words
zeta
alpha
mu
$ zcat words
! zcat: no gzip/bzip2/xz magic
? 1

# Forced
$ echo hi | gzip > f.gz
$ zcat f.gz
hi
$ zcat f
! zcat: f: No such file or directory
? 1
$ zcat -f f.gz
hi
$ echo plain > p
$ zcat -f p
! zcat: no gzip/bzip2/xz magic
? 1
$ zcat p
! zcat: no gzip/bzip2/xz magic
? 1
$ zcat nox
! zcat: nox: No such file or directory
? 1
$ cat f.gz f.gz | zcat
hi
hi
$ zcat < f.gz
hi

# -c, which it does anyway
$ echo hi | gzip > f.gz; zcat -c f.gz
hi
