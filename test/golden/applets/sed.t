# Substitution
< numbers
one
two
three
four
five
six
seven
eight
nine
ten
eleven
twelve
< words
zeta
alpha
mu
$ sed s/e/X/ words
zXta
alpha
mu
$ sed 's/[aeiou]/<&>/g' words
z<e>t<a>
\<a>lph<a>
m<u>
$ sed 's/\(.\)\(.\)/\2\1/' words
ezta
lapha
um
$ sed -E 's/(l|z)/[\1]/' words
[z]eta
a[l]pha
mu
$ sed -n s/e/X/2p numbers
threX
sevXn
elXven
twelvX

# Addresses
< numbers
one
two
three
four
five
six
seven
eight
nine
ten
eleven
twelve
< words
zeta
alpha
mu
$ sed -n 2,3p words
alpha
mu
$ sed -n '$p' words
mu
$ sed '/alpha/d' words
zeta
mu
$ sed -n '/two/,/four/p' numbers
two
three
four
$ sed -n '/two/,+1p' numbers
two
three
$ sed '/a/!d' words
zeta
alpha

# Added, inserted, changed lines
< words
zeta
alpha
mu
$ sed '2a added' words
zeta
alpha
added
mu
$ sed '1i first' words
first
zeta
alpha
mu
$ sed '2c changed' words
zeta
changed
mu

# Two spaces
< words
zeta
alpha
mu
$ sed -n 'H;${x;s/\n/,/g;p}' words
,zeta,alpha,mu
$ sed '1!G;h;$!d' words
mu
alpha
zeta
$ sed 'N;s/\n/+/' words
zeta+alpha
mu
$ sed '$!N;P;D' words
zeta
alpha
mu

# Branches
< words
zeta
alpha
mu
$ sed ':a;N;$!ba;s/\n/ /g' words
zeta alpha mu
$ sed ':a;s/^.\{1,5\}$/ &/;ta' words
  zeta
 alpha
    mu

# Reading, writing, quitting
< colons
a:b:c
d:e:f
plain
:x:
< words
zeta
alpha
mu
$ sed '1r colons' words
zeta
a:b:c
d:e:f
plain
:x:
alpha
mu
$ sed -n '/a/w out' words; cat out
zeta
alpha
$ sed 2q words
zeta
alpha

# In place
< words
zeta
alpha
mu
$ sed -i.bak s/mu/MU/ words; cat words words.bak
zeta
alpha
MU
zeta
alpha
mu

# y and =
< words
zeta
alpha
mu
$ sed y/aeiou/AEIOU/ words
zEtA
AlphA
mU
$ sed = words
1
zeta
2
alpha
3
mu

# What is no script
< words
zeta
alpha
mu
$ sed k words
! sed: unsupported command k
? 1
$ sed 's/a/b' words
! sed: unmatched '/'
? 1
$ sed bnowhere words
! sed: can't find label for jump to 'nowhere'
? 1

# A missing newline stays missing
$ printf 'a\nb' | sed 's/b/c/'; echo '|'
a
c|
