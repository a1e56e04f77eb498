# Absolute, without links and dots
$ mkdir d; ln -s d l; realpath l d/../d l/x .
/tmp/box/d
/tmp/box/d
/tmp/box/d/x
/tmp/box
$ realpath nosuch/x
! realpath: nosuch/x: No such file or directory
? 1
$ ln -s loop loop; realpath loop
! realpath: loop: Too many levels of symbolic links
? 1
