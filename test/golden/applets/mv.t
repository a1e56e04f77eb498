# A new name, another directory
$ echo 1 > a; mv a b; cat b; mkdir d; mv b d; ls d
1
b
$ mv nosuch x
! mv: can't rename 'nosuch': No such file or directory
? 1
$ touch x y; mv x y nosuch
! mv: can't rename 'x': No such file or directory
! mv: can't rename 'y': No such file or directory
? 1

# Over what is there
$ echo 1 > a; echo 2 > b; mv -n a b; cat b; mv -v a b; cat b
2
'a' -> 'b'
1
$ mkdir d e; touch d/f; mv d e; ls e
d
$ mkdir d; touch d/x; mv -T d e
! mv: can't rename 'd': Directory not empty
? 1
$ mv e e
! mv: can't rename 'e': Invalid argument
? 1
$ touch g; mv g e/d/x/y
! mv: can't rename 'g': No such file or directory
? 1

# Asked, into a folder
$ echo 1 > a
$ echo 2 > b
$ mkdir d
$ echo n | mv -i a b; echo >&2
! mv: overwrite 'b'? 
$ cat b
2
$ echo y | mv -i a b; echo >&2
! mv: overwrite 'b'? 
$ cat b
1
$ mv -f b c
$ mv -t d c
$ find d
d
d/c
$ echo 3 > c
$ mv -n c d
$ cat d/c
1
$ mv c d/c2
$ mv nox d
! mv: can't rename 'nox': No such file or directory
? 1
$ mv d d
! mv: can't rename 'd': Invalid argument
? 1
$ mv d d/x
! mv: can't rename 'd': Invalid argument
? 1
$ mv
! Usage
? 1
$ mv d/c d/c2 nodir
! mv: can't rename 'd/c': No such file or directory
! mv: can't rename 'd/c2': No such file or directory
? 1
$ mkdir -p e/d/x
$ mv d e
! mv: can't rename 'd': Directory not empty
? 1
$ mv -T d f
$ ls f
c
c2
$ mv -v f g
'f' -> 'g'

# Where the way leads through a file; -T
$ echo a > a; echo b > b; mkdir d; mv a b/x
! mv: can't stat 'b/x': Path has non-directory component
? 1
$ mv missing a b
! mv: can't stat 'b/missing': Path has non-directory component
! mv: can't stat 'b/a': Path has non-directory component
? 1
$ mv -t b a
! mv: can't stat 'b/a': Path has non-directory component
? 1
$ mv -T a d
! mv: 'd' is a directory
? 1
$ mv -T a b d
! Usage
? 1
$ mv -T -t d a
! Usage
? 1

# Of -f, -i and -n the last one
$ echo a > a; echo b > b; mv -n -f a b; cat b
a
$ echo a > a; mv -f -n a b; cat b; mv -i -f a b; cat b
a
a
$ mv -v missing c; echo d > d; mv -v b d/x
'missing' -> 'c'
! mv: can't rename 'missing': No such file or directory
! mv: can't stat 'd/x': Path has non-directory component
? 1

# -n sees through a link that leads nowhere
$ echo a > f; ln -s nowhere l; mv -n f l; ls
l
