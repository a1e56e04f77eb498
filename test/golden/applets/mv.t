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
