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
