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
