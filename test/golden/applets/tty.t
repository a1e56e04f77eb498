# No terminal
$ tty
not a tty
? 1
$ tty -s
? 1
