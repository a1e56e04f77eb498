# Printable pieces
$ printf 'ab\0hello\001world!\n' | strings
hello
world!
$ printf 'ab\0hello\001' | strings -n 2
ab
hello
$ printf 'ab\0hello\001' | strings -t d
      3 hello
