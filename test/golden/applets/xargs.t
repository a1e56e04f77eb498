# Items become arguments
< words
zeta
alpha
mu
$ xargs < words
zeta alpha mu
$ xargs -n 2 echo < words
zeta alpha
mu
$ echo "a 'b c' d" | xargs -n 1 echo
a
b c
d

# In place of a word
< words
zeta
alpha
mu
$ xargs -I {} echo '<{}>' < words
\<zeta>
\<alpha>
\<mu>

# Between NULs
$ printf 'a b\0c\0' | xargs -0 -n 1 echo
a b
c

# Statuses
$ echo a | xargs false
? 123
$ echo a | xargs nosuch
! xargs: nosuch: No such file or directory
? 127
$ echo a | xargs sh -c 'exit 255'
! xargs: sh: exited with status 255; aborting
? 124
$ echo "a 'b" | xargs
! xargs: unmatched single quote
? 1

# Nothing to do
$ xargs echo hi < /dev/null
hi
$ xargs -r echo hi < /dev/null

# What runs is told
< words
zeta
alpha
mu
$ xargs -t echo < words
zeta alpha mu
! echo zeta alpha mu

# From a file, asked, how much, where
$ seq 5 > f
$ xargs -a f echo
1 2 3 4 5
$ seq 5 | xargs -n 2 echo
1 2
3 4
5
$ seq 3 | xargs -E 2 echo
1
$ seq 3 | xargs -e echo
1 2 3
$ seq 3 | xargs -e2 echo
1
$ seq 3 | xargs -I X echo aXb
a1b
a2b
a3b
$ seq 3 | xargs -i echo {}-{}
1-1
2-2
3-3
$ seq 3 | xargs -s 20 echo
1 2 3
$ seq 3 | xargs -x -n 2 echo
1 2
3
$ seq 3 | xargs -t echo
1 2 3
! echo 1 2 3
$ printf 'a b\0c' | xargs -0 -n 1 echo
a b
c
$ xargs -r echo < /dev/null
$ xargs echo x < /dev/null
x
$ seq 2 | xargs -P 2 -n 1 true
$ seq 2 | xargs false
? 123
$ seq 2 | xargs nosuch
! xargs: nosuch: No such file or directory
? 127
$ seq 2 | xargs sh -c 'exit 255'
! xargs: sh: exited with status 255; aborting
? 124
$ seq 2 | xargs -n 1 sh -c 'exit 3'
? 123
$ printf '"a b" c\\ d\n' | xargs -n 1 echo
a b
c d
$ printf '"a b\n' | xargs echo
! xargs: unmatched double quote
? 1
$ xargs -n x < /dev/null
! xargs: invalid number 'x'
? 1
$ xargs -n 0 < /dev/null
! xargs: number 0 is not in 1..2147483647 range
? 1
$ seq 3 | xargs -o echo
! xargs: invalid option -- 'o'
! Usage
? 1

# Too long for a line
$ seq 3 | xargs -s 5 echo
! xargs: can't fit single argument within argument list size limit
? 1
$ seq 3 | xargs -s 8 echo
1
2
3
$ seq 3 | xargs -s 9 -n 1 echo
1
2
3
$ seq 3 | xargs -s 0 echo
! xargs: number 0 is not in 1..2147483647 range
? 1
$ seq 3 | xargs -s 1000000000 echo
1 2 3

# Lines at a time
~ full
$ seq 3 | xargs -s 5 echo
! xargs: can't fit single argument within argument list size limit
? 1
$ seq 3 | xargs -P 0 -n 1 true
$ seq 3 | xargs --max-args=2 echo
! xargs: unrecognized option '--max-args=2'
! Usage
? 1
$ seq 3 | xargs -J echo
! xargs: invalid option -- 'J'
! Usage
? 1
$ seq 3 | xargs -d '\n' echo
! xargs: invalid option -- 'd'
! Usage
? 1

# -s is for the command too, and -n is looked at when the file is open
$ xargs -s 5 echo < /dev/null
! xargs: can't fit single argument within argument list size limit
? 1
$ echo abc | xargs -s 8 echo
! xargs: argument line too long
? 1
$ echo abc | xargs -I {} -s 14 echo {}{}{}
! xargs: argument line too long
? 1
$ xargs -n x -a missing
! xargs: can't open 'missing': No such file or directory
? 1
$ mkdir d; xargs -a d echo x
x

# What fits is run before what does not is refused
$ echo one two three | xargs -s 9 echo
one
two
! xargs: argument line too long
? 1
