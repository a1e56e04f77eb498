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

# Ranges that begin after their first line has passed
< four
first
second
third
fourth
$ sed -n '1d;1,3p' four
second
third
$ sed -n '1d;1,/hir/p' four
second
third
$ sed -n '2d;2,1p' four
third
$ sed -n '1{N;N;d};1p;2,3p;3p;4p' four
fourth
fourth
$ sed -n '2,1p' four
second
$ sed -n '0,/first/p' four
first
~ differs: as GNU
$ sed -n '2,+1p' four
second
third
$ sed '$!d' four
fourth
$ sed '2,$s/^/> /' four
first
> second
> third
> fourth
$ sed -n '$=' four four
8
$ sed 'n;d' four
first
third
$ sed '$!N;s/\n/+/' four
first+second
third+fourth
$ sed ':a;N;$!ba;s/\n/,/g' four
first,second,third,fourth
$ sed -n '2{p;q}' four
second
$ sed '1!G;h;$!d' four
fourth
third
second
first

# Escapes in texts and the delimiter behind a backslash
$ echo line | sed '/l/a\\t\rzero\none\\ntwo' | od -c
0000000   l   i   n   e  \n  \t  \r   z   e   r   o  \n   o   n   e   \
0000020   n   t   w   o  \n
0000025
$ echo line | sed 'i one\ttwo'
one	two
line
$ echo '9+8=17' | sed 's+9\++X+'
X8=17
~ differs: as busybox 1.37 and GNU
$ echo '9+8=17' | sed 's&9&X\&&'
X&+8=17
$ echo '9+8=17' | sed 's1\(9\)1X\11'
X1+8=17
~ differs: as busybox 1.37 and GNU
$ echo 'a.b' | sed 's.\..-.'
a-b
$ sed --version
This is not GNU sed version 4.0
$ sed -e '' -i
! sed: -i requires an argument
? 1

# From a file, each apart, zero bytes
$ printf 'one\ntwo\nthree\n' > f
$ printf 's/o/0/\n/two/d\n' > s
$ sed -f s f
0ne
tw0
three
$ sed -n '$p' f f
three
$ sed -n '1p' f f
one
$ sed -i 's/e/E/' f
$ cat f
onE
two
thrEe
$ sed -i.bak '1d' f
$ cat f f.bak
two
thrEe
onE
two
thrEe
$ sed -E 's/(t)(.)/\2\1/' f
wto
htrEe
$ sed -r 's/(t)(.)/\2\1/' f
wto
htrEe
$ sed
! Usage
? 1
$ sed 'k' n
! sed: unsupported command k
? 1
$ sed 's/a' n
! sed: unmatched '/'
? 1
$ sed p nox
! sed: nox: No such file or directory
? 1
$ sed 's/a/b/gg' n
! sed: n: No such file or directory
? 1
$ sed 's/\(a\)/\2/' n
! sed: n: No such file or directory
? 1
$ sed '3,1!d' n
! sed: n: No such file or directory
? 1
$ sed 's/0/x/2' n
! sed: n: No such file or directory
? 1
$ sed 's/[0-9]/<&>/g' n | tail -n 1
! sed: n: No such file or directory
$ echo aBc | sed 's/b/x/I'
axc
$ echo abc | sed 's/b/\n/'
a
c
$ echo abc | sed 's|b|/|'
a/c
$ echo 'a.b' | sed 's/\./-/'
a-b

# Scripts before files of them; every one of a number
$ printf 'one\ntwo\n' > f
$ printf 's/o/0/\n/two/d\n' > s
$ sed -n -f s -e p f
one
two
$ sed -e 's/n/N/' -f s -e 's/N/M/' f
0Me
tw0
$ sed -f s f
0ne
tw0

# Of g and a number the later one; --version is the first word
$ echo aaaa | sed s/a/b/2g; echo aaaa | sed s/a/b/g2
bbbb
abaa
$ sed -n --version
! sed: unrecognized option '--version'
! Usage
? 1

# Files without a newline at the end: p, and the hold space
$ printf 'one\ntwo' > f; sed -n '$p' f
two
$ sed '$G' f; sed x f; sed '1!G;h;$!d' f
one
two


one
two
one

# A text that is none, a label without a name
$ echo x | sed a; echo x | sed ':'
x

x

# --version before the script is read
$ sed --version -f nothing
This is not GNU sed version 4.0
