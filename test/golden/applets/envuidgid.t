# Another user, in variables
$ envuidgid daemon sh -c 'echo $UID $GID'
1 1
