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
