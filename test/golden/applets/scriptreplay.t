# What was written down
$ printf 'one\ntwo\nrest' > out; printf '0.1 4\n0.2 4\n0.01 4\n' > tim; scriptreplay tim out; echo; scriptreplay tim out 2; echo; cp out typescript; scriptreplay tim; echo
one
two
rest
one
two
rest
one
two
rest
$ scriptreplay nosuch; scriptreplay tim nosuch
! scriptreplay: can't open 'nosuch': No such file or directory
! scriptreplay: can't open 'nosuch': No such file or directory
? 1
$ scriptreplay
! Usage
? 1
