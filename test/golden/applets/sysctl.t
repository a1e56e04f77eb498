# Keys read, and keys that are not there
$ sysctl -n kernel.ostype
Linux
$ sysctl kernel.ostype
kernel.ostype = Linux
$ sysctl kernel/ostype
kernel.ostype = Linux
$ sysctl no.such
! sysctl: error: 'no/such' is an unknown key
? 1
$ sysctl -e no.such
? 1
$ sysctl -w kernel.ostype
! sysctl: error: 'kernel.ostype' must be of the form name=value
? 1
$ sysctl -p nox
! sysctl: nox: No such file or directory
