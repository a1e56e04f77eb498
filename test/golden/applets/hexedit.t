# No file
$ hexedit nosuch
! hexedit: can't open 'nosuch': No such file or directory
? 1
$ hexedit
! Usage
? 1

# Digits typed are in the file; keys move
$ printf 'hello world' > f; (sleep 1; printf '41\033[C\033[C5a\033[D\033[D4\030') | script -q -c 'hexedit f' out > /dev/null; cat f; echo; tr -d '\r' < out | head -1 | cut -c 16-90
AeJlo world
00000000 68 65 6C 6C 6F 20 77 6F 72 6C 64                hello world     
~ differs: where the real one runs there are no pseudo terminals
