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
$ cp -T a c; cp -t . /etc/hostname; ls
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
