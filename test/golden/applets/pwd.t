# Without symlinks
$ mkdir d; ln -s d l; cd l; env pwd
/tmp/box/d
