# Operands mean nothing
$ env true; env true x --help; echo $?
0
