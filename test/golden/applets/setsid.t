# A session of its own
$ setsid sh -c 'echo $(($(cut -d " " -f 6 /proc/$$/stat) == $$))'
1
