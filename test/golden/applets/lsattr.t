# Nothing has flags
$ lsattr nosuch; lsattr -x
! lsattr: can't stat 'nosuch': No such file or directory
! lsattr: invalid option -- 'x'
! Usage
? 1
$ lsattr /proc/uptime
! lsattr: reading /proc/uptime: Inappropriate ioctl for device
$ touch f; lsattr f; lsattr -d .; lsattr -Ralpv
! lsattr: reading f: Inappropriate ioctl for device
! lsattr: reading .: Inappropriate ioctl for device
! lsattr: reading ./.: Inappropriate ioctl for device
! lsattr: reading ./..: Inappropriate ioctl for device
! lsattr: reading ./f: Inappropriate ioctl for device
~ differs: no file system here has such flags
