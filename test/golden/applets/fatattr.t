# Nothing is on a FAT
$ touch f; fatattr +r f; fatattr f; fatattr nosuch; fatattr -hs +vda f
! fatattr: FAT_IOCTL_GET_ATTRIBUTES: Inappropriate ioctl for device
! fatattr: FAT_IOCTL_GET_ATTRIBUTES: Inappropriate ioctl for device
! fatattr: can't open 'nosuch': No such file or directory
! fatattr: FAT_IOCTL_GET_ATTRIBUTES: Inappropriate ioctl for device
? 1
$ fatattr +q f; fatattr
! fatattr: invalid character 'q'
! Usage
? 1
