# Made, listed, unpacked
< numbers
one
two
three
four
five
six
seven
eight
nine
ten
eleven
twelve
< words
zeta
alpha
mu
$ tar cf x.tar words numbers; tar tf x.tar
words
numbers
$ mkdir d; tar xvf x.tar -C d; ls d; cat d/words
words
numbers
numbers
words
zeta
alpha
mu

# Compressed
< words
zeta
alpha
mu
$ tar czf x.tgz words; tar tzf x.tgz
words

# To stdout
< words
zeta
alpha
mu
$ tar cf x.tar words; tar xOf x.tar words
zeta
alpha
mu

# Through a pipe
< words
zeta
alpha
mu
$ tar cf - words | tar tf -
words

# Parts of names are dropped
< words
zeta
alpha
mu
$ mkdir d; cp words d; tar cf x.tar d; rm words; tar xf x.tar --strip-components 1; cat words
zeta
alpha
mu

# What is not there
< words
zeta
alpha
mu
$ tar cf x.tar words; tar xf x.tar nope
! tar: nope: not found in archive
? 1
$ tar xf nope.tar
! tar: can't open 'nope.tar': No such file or directory
? 1
$ tar cf empty.tar
! tar: empty archive
? 1

# Files that are there are kept with -k
< words
zeta
alpha
mu
$ tar cf x.tar words; tar xkf x.tar
! tar: can't open 'words': File exists
? 1
