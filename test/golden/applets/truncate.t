# Longer, shorter, by so much
$ echo hello > f; truncate -s 3 f; cat f; echo; truncate -s 5 f; od -c f
hel
0000000   h   e   l  \0  \0
0000005
$ truncate -s 1K g; wc -c g
1024 g
$ truncate -c -s 1 nosuch; echo $?
0
$ truncate -s x f
! truncate: invalid number 'x'
? 1
$ truncate -s 5 /nosuch/f
! truncate: /nosuch/f: open: No such file or directory
? 1
