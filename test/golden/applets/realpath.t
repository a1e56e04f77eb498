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

# A file's own path, through links
$ mkdir d; touch d/f; ln -s d/f l; ln -s ../l d/back; realpath d/f l d/back ./d/../l; readlink -f l; readlink -f d/f; realpath /dev/null
/tmp/box/d/f
/tmp/box/d/f
/tmp/box/d/f
/tmp/box/d/f
/tmp/box/d/f
/tmp/box/d/f
/dev/null

# A name by itself must be there
$ realpath missing; realpath ./missing
/tmp/box/missing
! realpath: missing: No such file or directory
