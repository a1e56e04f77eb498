# A lock around a program
$ flock l echo hi; flock -n l true; echo $?; flock l sh -c 'exit 3'; echo $?; SHELL=/bin/sh flock l -c 'echo c; exit 2'; echo $?; flock -s l echo s; flock -x l echo x
$ exec 8> l; flock -n 8; echo $?; flock -n l echo no; echo $?; flock -u 8; flock -n l echo yes; flock -s 8; flock -sn l echo both; flock -n l echo no; echo $?
$ flock /nox/l true; echo $?; flock l nosuchprogram; echo $?; flock 77; echo $?
