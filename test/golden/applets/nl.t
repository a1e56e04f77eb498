# Numbers, of lines that are not empty
< words
zeta
alpha
mu
$ printf 'a\n\nb\n' | nl
     1	a
       
     2	b
$ printf 'a\n\nb\n' | nl -ba -w 3 -s ': '
  1: a
  2: 
  3: b
$ nl -v 10 -i 5 words
    10	zeta
    15	alpha
    20	mu
