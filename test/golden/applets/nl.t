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

# Numbered
~ full
$ printf 'a\n\nb\n' > f
$ nl f
     1	a
       
     2	b
$ nl -b a f
     1	a
     2	
     3	b
$ nl -b t f
     1	a
       
     2	b
$ nl -b n f
       a
       
       b
$ nl -i 2 -v 5 f
     5	a
       
     7	b
$ nl -w 3 -s ': ' f
  1: a
     
  2: b
$ nl -n ln f
! nl: invalid option -- 'n'
! Usage
? 1
$ nl -n rz f
! nl: invalid option -- 'n'
! Usage
? 1
$ nl -l 2 -b a f
! nl: invalid option -- 'l'
! Usage
? 1
$ nl -b x f
       a
       
       b
$ nl -w 0 f
1	a
 
2	b
$ nl - < f
     1	a
       
     2	b
$ nl -n q f
! nl: invalid option -- 'n'
! Usage
? 1

# Numbers are not negative
$ echo a | nl -v -1
! nl: invalid number '-1'
? 1
