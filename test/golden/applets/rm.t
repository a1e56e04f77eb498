# Files
$ touch a b; rm a b; ls
$ rm nosuch
! rm: can't remove 'nosuch': No such file or directory
? 1
$ rm -f nosuch && rm -f && echo fine
fine

# Directories
$ mkdir -p d/e; touch d/f; rm d
! rm: 'd' is a directory
? 1
$ rm -r d; ls
$ rm -rf d; echo $?
0
$ rm .
! rm: can't remove '.' or '..'
? 1
$ rm -rf /tmp/box/..
! rm: can't remove '.' or '..'
? 1

# Links are removed, not what they lead to
$ mkdir d; touch d/f; ln -s d l; rm -r l; ls d
f

# Asked
$ touch a b; printf 'y\nn\n' | rm -i a b 2>/dev/null; ls
b

# Without operands; and of -i and -f the later one
$ rm
! Usage
? 1
$ rm -fi
! Usage
? 1
$ rm -if
$ echo a > a; rm -i -f a; ls
$ rm -i missing
! rm: can't remove 'missing': No such file or directory
? 1
$ rm -fi missing
! rm: can't remove 'missing': No such file or directory
? 1

# What was removed is told of
$ mkdir d; touch f d/g; rm -v f; rm -rv d; rm -fv nothing
removed 'f'
removed 'd/g'
removed directory: 'd'
