# Values by name
$ A=1 B=2 printenv A B
1
2
~ differs: Debian's busybox leaves this command out
$ printenv NOSUCH
? 1
~ differs: Debian's busybox leaves this command out

# Of what there is
~ full
$ A=1 printenv A
1
$ printenv NOSUCH
? 1
$ A=1 B=2 printenv A B
1
2
$ env -i X=1 printenv
X=1
