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
