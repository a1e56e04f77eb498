# A file
$ touch a; unlink a; ls
$ unlink a
! unlink: can't remove file 'a': No such file or directory
? 1
$ mkdir d; unlink d
! unlink: can't remove file 'd': Is a directory
? 1
