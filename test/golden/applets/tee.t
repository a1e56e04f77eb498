# To stdout and to files
$ echo a | tee x y; cat x y
a
a
a
$ echo b | tee -a x > /dev/null; cat x
a
b

# A file that cannot be made
$ echo a | tee nope/x
a
! tee: nope/x: No such file or directory
? 1

# Through an interrupt, added to
$ echo a | tee -i f
a
$ echo b | tee -a f
b
$ cat f
a
b
$ echo c | tee f g
c
$ cat f g
c
c
$ echo d | tee /nodir/x
d
! tee: /nodir/x: No such file or directory
? 1
$ echo e | tee - 
e
e
$ echo f | tee
f

# A full disk
$ echo a | tee /dev/full
a
! tee: /dev/full: I/O error
? 1
