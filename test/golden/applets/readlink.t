# What a link holds
$ ln -s x l; readlink l; readlink -n l; echo
x
x
$ touch f; readlink f
? 1
$ readlink nosuch
? 1

# The whole path
$ mkdir d; ln -s d l; readlink -f l/x; readlink -f .; readlink -f nosuch/x
/tmp/box/d/x
/tmp/box
? 1
