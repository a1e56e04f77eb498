# Without symlinks
$ mkdir d; ln -s d l; cd l; env pwd
/tmp/box/d

# Logical and physical
$ mkdir d; ln -s d l; cd l; pwd -P | tail -c 3; pwd -L | tail -c 3; /bin/pwd -P | tail -c 3; /bin/pwd -L | tail -c 3; pwd -x; echo $?; /bin/pwd x; echo $?
/d
/l
/d
/l
2
/tmp/box/d
0
! sh: pwd: line 0: illegal option -x
