# Only of terminals
$ stty
! stty: standard input: Inappropriate ioctl for device
? 1
$ stty -F /dev/null
! stty: /dev/null: Inappropriate ioctl for device
? 1
