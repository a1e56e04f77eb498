# Hard links share, symlinks name
$ echo hi > a; ln a b; ln -s a c; ls -l a c | cut -c1-15; cat c
-rw-r--r--    2
lrwxrwxrwx    1
hi
$ ln a b
! ln: b: File exists
? 1
$ ln -f a b; ln -s x a
! ln: a: File exists
? 1
$ ln nosuch n
! ln: nosuch: No such file or directory
? 1
$ mkdir d; ln -s ../a d; ls d
a
$ ln -sv a v
'v' -> 'a'
$ ln d e
! ln: e: Operation not permitted
? 1

# Into a link to a directory, or over it
$ mkdir d; ln -s d l; ln -s x l; ls d; ln -sfn y l; ls -l l | sed 's/.*l ->/l ->/'
x
l -> y
$ touch p; ln -sb q p; ls
d
l
p
p~
$ ln -sb -S .old r p; ls
d
l
p
p.old
p~
