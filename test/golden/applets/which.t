# Along PATH
$ which ls
/bin/ls
$ which ls nosuch cat
/bin/ls
/bin/cat
? 1
$ which /bin/ls
/bin/ls
$ touch x; chmod +x x; PATH=.:/bin /bin/which x
./x

# All of them
$ mkdir a b; printf 'x' > a/p; cp a/p b/p; chmod +x a/p b/p; PATH=a:b:/bin; /bin/which p; /bin/which -a p; /bin/which nosuch; echo $?; /bin/which p nosuch; echo $?; /bin/which a/p; /bin/which; echo $?
a/p
a/p
b/p
1
a/p
1
a/p
1
! Usage
