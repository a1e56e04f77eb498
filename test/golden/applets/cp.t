# A file to a file, and into a directory
$ echo hi > a; cp a b; cat b; mkdir d; cp a b d; ls d
hi
a
b
$ cp a b nosuch
! cp: can't create 'nosuch/a': No such file or directory
! cp: can't create 'nosuch/b': No such file or directory
? 1
$ cp nosuch b
! cp: can't stat 'nosuch': No such file or directory
? 1
$ cp d e
! cp: omitting directory 'd'
? 1

# A tree
$ mkdir -p t/u; echo 1 > t/x; ln -s x t/l; cp -r t v; ls -R v; cat v/l
v:
l
u
x

v/u:
1
$ cp -r t v; ls v
l
t
u
x
$ cp -a t w; ls -l w | grep -c -- '-> x'
1

# Over itself
$ echo hi > a; cp a a
! cp: 'a' and 'a' are the same file
? 1
$ cp a ./a
! cp: 'a' and './a' are the same file
? 1

# Symlinks
$ echo hi > a; ln -s a l; cp l m; cp -P l n; ls -l m n | cut -c1
-
l
$ cp -s a s; cp -l a h; ls -l s h | cut -c1
-
l

# Older, newer, there already
$ echo old > a; echo new > b; touch -d '2020-01-01 00:00:00' a; cp -u a b; cat b
new
$ cp -n a b; cat b
new
$ cp -v a c
'a' -> 'c'
$ cp -T a c; cp -t . /etc/hostname; ls; rm hostname
a
b
c
hostname

# Modes and times
$ echo > a; chmod 4751 a; touch -d '2020-01-02 03:04:05' a; cp -p a b; ls -l --full-time b | cut -c1-10,45-63
-rwsr-x--x2020-01-02 03:04:05
$ cp a c; ls -l c | cut -c1-10
-rwsr-x--x

# A directory into itself is copied once
$ mkdir -p e/f; cp -r e e/f; find e | sort
e
e/f
e/f/e
e/f/e/f
! cp: recursion detected, omitting directory 'e/f/e'

# Links followed or kept, forced, asked, with their folders
$ mkdir -p d/e
$ echo one > d/e/f
$ ln -s f d/e/l
$ cp -H d/e/l a
$ cp -L d/e/l b
$ cp -P d/e/l c
$ cp -d d/e/l g
$ readlink a b c g
! Usage
? 1
$ cat a b
one
one
$ cp --parents d/e/f t
! cp: with --parents, the destination must be a directory
? 1
$ echo two > x
$ echo no | cp -i x a; echo >&2
! cp: overwrite 'a'? 
$ cat a
one
$ echo y | cp -i x a; echo >&2
! cp: overwrite 'a'? 
$ cat a
two
$ chmod 0 a
$ cp -f x a
$ cat a
two
$ cp -r d D
$ cp -R d D
$ cp -a d DD
$ find D DD | sort
D
D/d
D/d/e
D/d/e/f
D/d/e/l
D/e
D/e/f
D/e/l
DD
DD/e
DD/e/f
DD/e/l
$ cp d q
! cp: omitting directory 'd'
? 1
$ cp nox q
! cp: can't stat 'nox': No such file or directory
? 1
$ cp x d/e/f nodir/
! cp: can't create 'nodir/x': No such file or directory
! cp: can't create 'nodir/f': No such file or directory
? 1
$ cp x x
! cp: 'x' and 'x' are the same file
? 1
$ cp
! Usage
? 1
$ cp x
! Usage
? 1
$ cp d/e/f x nodir
! cp: can't create 'nodir/f': No such file or directory
! cp: can't create 'nodir/x': No such file or directory
? 1
$ cp -r d d/e
! cp: recursion detected, omitting directory 'd/e/d'
? 1
$ cp -p d/e/f p
$ cp -c d/e/f p2
! cp: invalid option -- 'c'
! Usage
? 1
$ cp -u x p
$ cp -n x p
$ cp -T x d
! cp: 'd' is a directory
? 1
$ mkdir m
$ cp -t m x p
$ ls m
p
x

# The folder for --parents must be there
$ mkdir -p d/e
$ echo 1 > d/e/f
$ cp --parents d/e/f t
! cp: with --parents, the destination must be a directory
? 1
$ ls
d
$ cp -p --parents d/e/f d

# Where the way leads through a file; links over files; -T
$ echo a > a; echo b > b; mkdir d; cp a b/x
! cp: can't stat 'b/x': Path has non-directory component
? 1
$ cp a missing b
! cp: can't stat 'b/a': Not a directory
! cp: can't stat 'missing': No such file or directory
? 1
$ cp d b
! cp: can't stat 'b/d': Not a directory
? 1
$ cp -R d b
! cp: can't stat 'b/d': Not a directory
? 1
$ cp --parents a b
! cp: with --parents, the destination must be a directory
? 1
$ cp -T a b d
! Usage
? 1
$ ln -s a link; cp -P link b
! cp: can't create 'b': File exists
? 1
$ cp -l a b; cp -s a b; cp -a link b; cat b
b
! cp: can't create 'b': File exists
! cp: can't create 'b': File exists
! cp: can't create 'b': File exists
$ cp -f -P link b; readlink b
a

# Told of when done; links to what is not there; -i and -n
$ mkdir d; echo a > d/a; cp -rv d e; cp -v missing f
'd/a' -> 'e/a'
'd' -> 'e'
! cp: can't stat 'missing': No such file or directory
? 1
$ cp -s missing g; readlink g; cp -l missing h
missing
! cp: can't create 'h': No such file or directory
? 1
$ echo b > b; cp -i -n b d/a; cat d/a
a
