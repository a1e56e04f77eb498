# What is no change
$ touch f; chattr f
! chattr: must use -v, -p, =, - or +
? 1
$ chattr +q f
! Usage
? 1
$ chattr +A
! Usage
? 1
$ chattr =A +d f
! chattr: = is incompatible with - and +
? 1
$ chattr x f
! chattr: must use -v, -p, =, - or +
? 1
$ chattr -v x f
! chattr: invalid number 'x'
? 1
$ chattr +A -A f
! chattr: can't set and unset a flag
? 1
$ chattr +i nosuch
! chattr: can't stat 'nosuch': No such file or directory
$ mkdir d; touch d/g; chattr -R +A d f; chattr -v 3 f; chattr -p 3 f; echo $?
0
! chattr: getting flags on d: Inappropriate ioctl for device
! chattr: getting flags on d/g: Inappropriate ioctl for device
! chattr: getting flags on f: Inappropriate ioctl for device
! chattr: setting version on f: Inappropriate ioctl for device
! chattr: getting flags on f: Inappropriate ioctl for device
! chattr: getting project ID on f: Inappropriate ioctl for device
! chattr: getting flags on f: Inappropriate ioctl for device
~ differs: no file system here has such flags
