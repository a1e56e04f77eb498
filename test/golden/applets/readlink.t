# What a link holds
$ ln -s x l; readlink l; readlink -n l; echo
x
x
$ touch f; readlink f
? 1
$ readlink nosuch
? 1

# The whole path
$ mkdir d; ln -s d l; readlink -f l/x; readlink -f .; readlink -f nosuch/x
/tmp/box/d/x
/tmp/box
? 1

# Quiet, told
$ ln -s x l
$ readlink l
x
$ readlink -n l; echo
x
$ readlink -f l
/tmp/box/x
$ readlink nox
? 1
$ readlink -q nox
? 1
$ echo > f
$ readlink f
? 1
$ readlink -f nodir/x
? 1
$ readlink
! Usage
? 1
$ readlink l l
! Usage
? 1

# Why not
~ full
$ ln -s x l
$ echo > f
$ readlink nox
? 1
$ readlink -f l
/tmp/box/x
$ readlink -f nodir/x
? 1

# What it is instead
$ ln -s x l
$ echo > f
$ mkdir d
$ readlink -v nox
! readlink: nox: cannot read link: No such file or directory
? 1
$ readlink -v f
! readlink: f: cannot read link: not a symlink
? 1
$ readlink -v d
! readlink: d: cannot read link: not a symlink
? 1
$ readlink -v l
x

# A name by itself must be there
$ readlink -f missing; readlink -f ./missing
/tmp/box/missing
