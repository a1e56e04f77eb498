# A process that is there
$ renice 0 $$; echo $?; renice -n 0 -p $$; echo $?
0
0
