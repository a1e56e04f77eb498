# The machine
$ arch
x86_64
