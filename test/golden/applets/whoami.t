# The effective user
$ whoami
root
