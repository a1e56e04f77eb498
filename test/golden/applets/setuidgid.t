# Another user
$ setuidgid daemon id -u; setuidgid nosuch true; echo $?
