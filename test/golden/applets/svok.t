# No supervisor, no folder
$ mkdir a; svok ./a; echo $?; svok ./nosuch; echo $?; svok
100
111
! svok: can't change directory to './nosuch': No such file or directory
! Usage
? 1
