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
