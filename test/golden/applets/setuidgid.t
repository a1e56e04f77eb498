# Another user
$ setuidgid root sh -c 'id -u'; setuidgid nosuch true; echo $?
0
1
! setuidgid: unknown user/group nosuch
