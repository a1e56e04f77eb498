# There and back
< words
zeta
alpha
mu
$ base64 words
emV0YQphbHBoYQptdQo=
$ base64 -w 8 words
emV0YQph
bHBoYQpt
dQo=
$ base64 words | base64 -d
zeta
alpha
mu

# Too short
$ echo aGVsbG8 | base64 -d; echo '|'
hel|
! base64: truncated input
