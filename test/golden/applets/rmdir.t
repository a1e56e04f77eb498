# Empty directories only
$ mkdir -p a/b; rmdir a
! rmdir: 'a': Directory not empty
? 1
$ rmdir a/b a && ls

# With those above
$ mkdir -p x/y/z; rmdir -p x/y/z && ls
$ rmdir nosuch
! rmdir: 'nosuch': No such file or directory
? 1
$ touch f; rmdir f
! rmdir: 'f': Not a directory
? 1
$ mkdir -p q/r; touch q/f; rmdir -p q/r
! rmdir: 'q': Directory not empty
? 1
$ rmdir --ignore-fail-on-non-empty q; echo $?
0

# Slashes at the end
$ mkdir -p a/b/c; rmdir -p a/b/c/; ls
