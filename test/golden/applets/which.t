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
