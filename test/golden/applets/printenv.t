# Values by name
$ A=1 B=2 printenv A B
1
2
~ differs: Debian's busybox leaves this command out
$ printenv NOSUCH
? 1
~ differs: Debian's busybox leaves this command out
