# Chosen columns
$ ps -o pid=X,user | head -1
X USER
