# Records and fields
< words
alpha beta gamma
one two three
10 20 30

last line
$ awk '{print $2}' words
beta
two
20

line
$ awk '{print NR, NF, $NF}' words
1 3 gamma
2 3 three
3 3 30
4 0 
5 2 line
$ awk 'NF' words
alpha beta gamma
one two three
10 20 30
last line
$ awk 'END{print NR, $0}' words
5 last line
$ awk '{$2="X"; print; print NF}' words
alpha X gamma
3
one X three
3
10 X 30
3
 X
2
last X
2
$ awk '{$5="e"} 1' words
alpha beta gamma  e
one two three  e
10 20 30  e
    e
last line   e
$ awk '{NF=2; print}' words
alpha beta
one two
10 20
 
last line
$ awk '{$0="x y"; print $2, NF}' words
y 2
y 2
y 2
y 2
y 2
$ awk '{print $(NF-1)}' words 2>&1 | head -n 3
beta
two
20
$ awk '{ $3=""; print NF": "$0 }' words
3: alpha beta 
3: one two 
3: 10 20 
3:   
3: last line 
$ awk '{ i = 1; print $i++, i }' words
0 1
0 1
10 1
0 1
0 1
$ awk '{ print $NF-1 }' words
-1
-1
29
-1
-1
$ awk '{ $(NF+2) = "n" } END { print; print NF }' words
last line  n
4

# Patterns
< words
alpha beta gamma
one two three
10 20 30

last line
$ awk '/a/' words
alpha beta gamma
last line
$ awk '!/a/' words
one two three
10 20 30

$ awk '/one/,/10/' words
one two three
10 20 30
$ awk 'NR==2,NR==3{print NR}' words
2
3
$ awk 'NR>1 && NR<4' words
one two three
10 20 30
$ awk '$1 > 5' words
alpha beta gamma
one two three
10 20 30
last line
$ awk '$1 ~ /^[ao]/ {print $1}' words
alpha
one
$ awk '$0 !~ "e"' words
10 20 30

$ awk 'BEGIN{print "b"} END{print "e"}' words
b
e
$ awk '/two/{next} {print}' words
alpha beta gamma
10 20 30

last line
$ awk 'NR==2{exit 3} {print} END{print "end"}' words
alpha beta gamma
end
? 3
$ awk 'BEGIN{exit} END{print "still"}' words
still
$ awk '/alpha/,/alpha/' words
alpha beta gamma
$ awk 'NR==1; NR==1' words
alpha beta gamma
alpha beta gamma

# Separators
< sales
ann:east:120
bob:west:80
cyd:east:45.5
dan:north:0
< tabs
a	b c	d
< multi
aXXbXXc
$ awk -F: '{print $1, $3}' sales
ann 120
bob 80
cyd 45.5
dan 0
$ awk -F: -v OFS=- '{$1=$1}1' sales
ann-east-120
bob-west-80
cyd-east-45.5
dan-north-0
$ awk 'BEGIN{FS=":"; OFS="\t"} {print $2, $1}' sales
east	ann
west	bob
east	cyd
north	dan
$ awk -F'[:.]' '{print NF}' sales
3
3
4
3
$ awk -F'\t' '{print $2}' tabs
b c
$ awk -Ft '{print $2}' tabs

$ awk -FXX '{print $2}' multi
b
$ awk -F '|' '{print $1}' sales
ann:east:120
bob:west:80
cyd:east:45.5
dan:north:0
$ awk '{FS=":"; print $1}' sales
ann:east:120
bob
cyd
dan
$ printf 'a.b.c\n' | awk -F. '{print $2}'
b
$ printf 'a  b\n' | awk -F' ' '{print $2}'
b
$ printf 'a  b\n' | awk -F'[ ]' '{print NF}'
3
$ printf 'abc\n' | awk -F '' '{print $2, NF}'
b 3
$ printf 'a|b|c\n' | awk -F'|' '{print $3}'
c
$ printf 'a+b\n' | awk -F+ '{print $2}'
b
$ printf 'a\\b\n' | awk -F'\\' '{print $2}'
b
$ printf 'a;b;c' | awk 'BEGIN{RS=";"}{print NR":"$0}'
1:a
2:b
3:c
$ printf 'a\nb\n\n\nc\n' | awk 'BEGIN{RS=""}{print NR":"$1"-"$2}'
1:a-b
2:c-
$ printf 'a b\nc:d\n\ne' | awk 'BEGIN{RS="";FS=":"}{print NF; for(i=1;i<=NF;i++) print i, $i}'
3
1 a b
2 c
3 d
1
1 e
$ printf 'a1b22c' | awk 'BEGIN{RS="[0-9]+"}{print $0, RT}'
a 1
b 22
c 
$ printf 'x y\n' | awk '{ORS="|"; OFS="+"; print $1,$2; $1=$1; print}'; echo
x+y|x+y|
$ printf 'aXbYc' | awk 'BEGIN{RS="X|Y"}{print}'
a
b
c

# Numbers and texts
$ awk 'BEGIN{print 1+2, 7/2, 7%3, -7%3, 2*3, 1e3, .5, 100000*100000, 1/3}'
3 3.5 1 -1 6 1000 0.5 10000000000 0.333333
$ awk 'BEGIN{print 1 " " -1, 3 -1, 1 2, 1==1, "a"<"b", 10<9, "10"<"9", "abc"<1}'
1-1 2 12 1 1 0 1 0
$ awk 'BEGIN{print "3x"+1, "x"+1, +"4", -"5", " 6 "+0, "1e2"+0, "0x10"+0, ".5."+0}'
4 1 4 -5 6 100 16 0.5
$ awk 'BEGIN{print 1e6, 1000000, 1234567.5, 0.000001, 123456789012, 1e30, 0.1+0.2}'
1000000 1000000 1.23457e+06 1e-06 123456789012 1e+30 0.3
$ awk 'BEGIN{OFMT="%.2f"; x=3.14159; print x, x ""; CONVFMT="%.1f"; y=2.25; print y ""; a[12.75]=1; for(k in a) print k}'
3.14 3.14159
2.2
12.8
$ awk 'BEGIN{x=5; x+=2; x-=1; x*=3; x/=2; x%=5; print x; print x++, x--, ++x, --x}'
4
4 5 5 4
$ awk 'BEGIN{print (!0), (!1), (!""), (!"a"), (!"0"), (!x), (1&&0), (1||0), (0||0)}'
1 0 1 0 0 1 0 1 0
$ echo '10 9 abc 1e1' | awk '{print ($1<$2), ($1==$4), ($1=="10"), ($3>1)}'
0 1 1 1
$ echo 0 | awk '{print ($1 ? "t" : "f"), ($1 == "0"), !$1, !$2}'
f 1 1 1
$ awk 'BEGIN{print length(12345), length(), length(""), 011, 0x1f, 1==1.0}' </dev/null
5 0 0 9 31 1
$ awk 'BEGIN{print 9007199254740993, 9223372036854775807, 18446744073709551616}'
9007199254740992 9.22337e+18 1.84467e+19
$ awk 'BEGIN{x = y = 3; print x y; print x""y; print (1,2) in a}'
33
33
0
$ awk 'BEGIN{a="10"; b=9; print (a<b), (a+0<b); print "a" > "/dev/stdout"}'
1 0
a
$ awk 'BEGIN{print 1/0}'
! awk: cmd. line:1: Division by zero
? 1
$ awk 'BEGIN{print 1%0}'
! awk: cmd. line:1: Division by zero
? 1
$ awk '{print $(-1)}' /etc/passwd
! awk: cmd. line:1: Access to negative field
? 1

# Texts: the functions
$ awk 'BEGIN{print substr("hello",2), substr("hello",2,3), substr("hello",0,2), substr("hello",-1), substr("hello",4,9), substr("hello",9) "|" substr("hello",2,0) "|" substr("hello",1.9,1.9)}'
ello ell he hello lo ||h
$ awk 'BEGIN{print index("foobar","bar"), index("a","b"), index("abc",""), index(12345,34)}'
4 0 0 3
$ awk 'BEGIN{print match("foobar",/o+/), RSTART, RLENGTH; print match("x","y"), RSTART, RLENGTH; print match("abc",/$/), RLENGTH}'
2 2 2
0 0 -1
4 0
$ awk 'BEGIN{n=split("a:b:c",q,":"); print n,q[1],q[3]; print split("",q), length(q); print split(" a  b ",q), q[2]; print split("a1b22c",q,/[0-9]+/), q[3]; print split("abc",q,""), q[2]; print split("a b",q,/ /)}'
3 a c
0 0
2 b
3 c
3 b
2
$ awk 'BEGIN{s="hello"; print sub(/l/,"[&]",s), s; print gsub(/l/,"\\&",s), s; t="aaa"; print gsub(/a/,"b\\\\&",t), t; u="a.b.c"; gsub("\\.","",u); print u}'
1 he[l]lo
2 he[&]&o
3 b\ab\ab\a
abc
$ awk 'BEGIN{v="abc"; gsub(/$/,"X",v); print v; gsub(/^/,"Y",v); print v; w="abc"; gsub(/x*/,"-",w); print w; z="aaa"; gsub(/b*/,"-",z); print z}'
abcX
YabcX
-a-b-c-
-a-a-a-
$ echo 'a b a' | awk '{print gsub(/a/,"x"), $0, $1; sub(/b/,"(&&)",$2); print}'
2 x b x x
x (bb) x
$ awk 'BEGIN{print toupper("abcX1"), tolower("ABCx1"), toupper(substr("abc",1,1)) substr("abc",2)}'
ABCX1 abcx1 Abc
$ awk 'BEGIN{print gensub(/a/,"b","g","aaa"), gensub(/a/,"b",2,"aaa"), gensub(/(a)(b)/,"\\2\\1","g","abab"), gensub(/b/,"[\\0]",1,"abc")}'
bbb aba baba a[b]c
$ echo hello | awk '{print gensub(/l/,"L",2)}'
helLo
$ awk 'BEGIN{print sprintf("%d-%s", 3.9, "x"), sprintf("%5.2f|", 3.14159)}'
3-x  3.14|
$ awk 'BEGIN{s="abc"; n=gsub(/./,"&&",s); print n, s; print gsub(/z/,"y",s), s}'
3 aabbcc
0 aabbcc
$ awk 'BEGIN{IGNORECASE=1; if ("ABC" ~ /b/) print "yes"}'
yes
$ awk 'BEGIN{print length("a" "bc") length("d"); x[1];x[2]; print length(x)}'
31
2

# printf
$ awk 'BEGIN{printf "%d %i %5.2f %e %g %x %o %u %c %c %s %%\n", 3.9, -3.9, 3.14159, 12345.678, 0.0001, 255, 8, 3, 65, "hello", "str"}'
3 -3  3.14 1.234568e+04 0.0001 ff 10 3 A h str %
$ awk 'BEGIN{printf "%5s|%-5s|%05d|%+d|% d|%.3s|%-8.3f|%5c|\n", "ab","ab",42,5,5,"abcdef",1.5,"x"}'
   ab|ab   |00042|+5| 5|abc|1.500   |    x|
$ awk 'BEGIN{printf "%s %d|\n", "only"}'
only 0|
$ awk 'BEGIN{printf("%s-%s\n", "a", "b"); printf "no newline"; printf "\n"}'
a-b
no newline
$ awk 'BEGIN{printf "%#o %#x %X %G %E\n", 8, 255, 255, 1e-10, 1}'
010 0xff FF 1E-10 1.000000E+00
$ awk 'BEGIN{printf "%5.1f|%.0f|%.0f|%.0f\n", 2.25, 0.5, 1.5, 2.5}'
  2.2|0|2|2
$ echo 65 | awk '{printf "%c%c\n", $1, $1+1}'
AB
$ awk 'BEGIN{printf "a%cb", 0}' | od -c
0000000   a  \0   b
0000003
$ awk 'BEGIN{printf "%c", 200}' | od -An -tx1
 c8
$ awk 'BEGIN{printf "%a\n", 1}'
0x1p+0
$ awk 'BEGIN{x="%s\n"; printf x, "dyn"; printf "%s %s %s\n", 1, 2.50, 1e20}'
dyn
1 2.5 1e+20
$ awk 'BEGIN{printf "[%s]\n"}'
[]

# Arrays
< sales
ann:east:120
bob:west:80
cyd:east:45.5
dan:north:0
$ awk 'BEGIN{a["x"]=1; if ("x" in a) print "in"; if (!("y" in a)) print "no"; print length(a); delete a["x"]; print length(a)}'
in
no
1
0
$ awk 'BEGIN{a[1,2]=3; for (k in a) {split(k,p,SUBSEP); print p[1], p[2]}; if ((1,2) in a) print "yes"; delete a[1,2]; print ((1,2) in a)}'
1 2
yes
0
$ awk -F: '{s[$2]+=$3} END{print s["east"], s["west"], s["none"] "|", length(s)}' sales
165.5 80 | 4
$ awk -F: '!seen[$2]++ {print $2}' sales
east
west
north
$ awk '{l[NR]=$0} END{for(i=NR;i>0;i--) print l[i]}' sales
dan:north:0
cyd:east:45.5
bob:west:80
ann:east:120
$ awk 'BEGIN{a[1];a[2];delete a; print length(a)}'
0
$ awk 'BEGIN{SUBSEP=":"; a[1,2]; for(k in a) print k}'
1:2
$ awk 'BEGIN{a["01"]; print (1 in a), ("01" in a); a[1]=5; print a[1.0], a["1"]}'
0 1
5 5
$ awk 'function f(a){a["k"]=7} BEGIN{f(z); print z["k"]}'
7
$ awk 'BEGIN{if (a["q"]=="") print "made"; print ("q" in a)}'
made
1

# Control flow and functions
$ awk 'BEGIN{while(i<5){i++; if(i==2) continue; if(i==4) break; print i}; do print "d" i--; while(i>2); for(;;){if(++j>3) break}; print j}'
1
3
d4
d3
4
$ awk 'BEGIN{for(i=0;i<3;i++); print i; for(i=3;i;i--) printf "%d ", i; print ""}'
3
3 2 1 
$ awk 'function f(n){return n<=1?1:n*f(n-1)} BEGIN{print f(5), f(20), f(25)}'
120 2432902008176640000 1.55112e+25
$ awk 'function g(a,b){a=1;b=2;return a+b} BEGIN{a=9; print g(5), a, g()}'
3 9 3
$ awk 'function noreturn(){x=1} BEGIN{v=noreturn(); print "[" v "]", x}'
[] 1
$ awk 'function fib(n){if(n<2) return n; return fib(n-1)+fib(n-2)} BEGIN{print fib(15)}'
610
$ awk 'function deep(n){return n==0?0:1+deep(n-1)} BEGIN{print deep(3000)}'
3000
$ awk 'func swap(a,i,j, t){t=a[i];a[i]=a[j];a[j]=t} BEGIN{x[1]="a";x[2]="b";swap(x,1,2);print x[1] x[2]}'
ba
$ awk 'BEGIN { if (1)
! sh: syntax error: unterminated quoted string
? 2
$ awk 'BEGIN{print 1,
! sh: syntax error: unterminated quoted string
? 2
$ awk 'function a(){exit 4} BEGIN{a(); print "no"} END{print "end"}'
end
? 4
$ printf '1\n2\n3\n' | awk 'function s(){if ($1==2) next} {s(); print}'
1
3
$ awk 'BEGIN{print f(1)} function f(x){x[1]=2}'

$ awk 'BEGIN{f()}'
! awk: cmd. line:1: Call to undefined function
? 1
$ awk 'BEGIN{break}'
! awk: cmd. line:1: 'break' not in a loop
? 1
$ awk 'function f(f){}'
$ awk 'BEGIN{print substr("x")}'
! awk: cmd. line:1: Too few arguments
? 1
$ awk 'BEGIN{print (}'
! awk: cmd. line:1: Unexpected token
? 1
$ awk 'BEGIN{print "abc}'
! awk: cmd. line:1: Unexpected end of string
? 1
$ awk '/(/'
! awk: bad regex '(': Unmatched ( or \(
? 1
$ awk 'BEGIN{delete}'
! awk: cmd. line:1: Too few arguments
? 1
$ awk 'BEGIN{print()}'
! awk: cmd. line:1: Empty sequence
? 1
$ awk '@'
! awk: cmd. line:1: Unexpected token
? 1

# Regular expressions
< re
a.b|c\d
aab
foo bar
[x]
a/b
$ awk '/a.b/' re
a.b|c\d
aab
a/b
$ awk '/a\.b/' re
a.b|c\d
$ awk '/[.]b/' re
a.b|c\d
$ awk '/[\\]/' re
a.b|c\d
$ awk '/\|/' re
a.b|c\d
$ awk '$0 ~ "\\."' re
a.b|c\d
$ awk '/^a+b$/' re
aab
$ awk '/a{2}/' re
aab
$ awk '/(foo|c).*r/' re
foo bar
$ awk '/\[x\]/' re
[x]
$ awk '/a\/b/' re
a/b
$ awk '/[[:space:]]/' re
foo bar
$ awk '/\<bar/' re
foo bar
$ awk '/\w\s\w/' re
foo bar
$ awk '{x="^f"} $0 ~ x' re
foo bar
$ awk 'BEGIN{print "a\tb" ~ /a[\t]b/, "(" ~ /\(/, "a^b" ~ /a\^b/, "a+b" ~ "a\\+b", "AB" ~ /a/, "é" ~ /é/}'
1 1 1 1 0 1
$ awk '/x/ || /o/' re
foo bar
[x]
$ awk 'BEGIN{n=gsub(/[aeiou]/,"#"); print n}'
0
$ echo '  x  ' | awk '{gsub(/^ +| +$/,""); print "[" $0 "]"}'
[x]

# Reading with getline
< data
l1
l2
l3
< other
o1 x
o2 y
$ awk 'NR==1{getline; print; getline x; print x, NR}' data
l2
l3 3
$ awk 'BEGIN{while((getline line < "other")>0) print "got", line; print NR; close("other"); getline < "other"; print $2, NF}'
got o1 x
got o2 y
0
x 2
$ awk 'BEGIN{print (getline < "missing"), (getline x < "missing"), ERRNO}'
-1 -1 2
$ awk 'BEGIN{"echo a b" | getline; print $2, NF; "echo c" | getline v; print v}'
b 2
c
$ awk 'BEGIN{while(("printf \"1\\n2\\n\"" | getline l)>0) s+=l; print s}'
3
$ awk '{while((getline z < "other")>0) n++} END{print n, NR}' data
2 3
$ awk 'BEGIN{getline; print "first " $0} {print}' data
first l1
l2
l3
$ awk 'END{while((getline l < "data")>0) n++; print n}' data
3
$ awk 'BEGIN { "echo " "hi" | getline x; print x }'
hi
$ awk '{ getline l < ARGV[1]; print l }' data
l1
l2
l3
$ awk 'BEGIN{while((getline < "data")>0) print NF":"$0}'
1:l1
1:l2
1:l3

# Writing to files and commands
< data
b
a
c
$ awk '{print > "out"} END{close("out"); while((getline l < "out")>0) print "r", l}' data
r b
r a
r c
$ awk 'BEGIN{print "more" >> "out"}'; cat out
b
a
c
more
$ awk '{print | "sort"} END{close("sort"); print "done"}' data
a
b
c
done
$ awk '{print $0 > $0 ".txt"}' data; cat a.txt b.txt
a
b
$ awk 'BEGIN{print "err" > "/dev/stderr"; print "out"}'
out
! err
$ awk 'BEGIN{printf "%s\n", "p" | "cat"}'
p
$ awk 'BEGIN{r=system("exit 3"); print r; print "x" | "cat >/dev/null"; print close("cat >/dev/null")}'
3
0
$ awk 'BEGIN{print "before"; system("echo during"); print "after"}'
before
during
after
$ awk 'BEGIN{print "a" > "no/such"; print "b"}'
! awk: can't open 'no/such': No such file or directory
? 1
$ awk '{print NR": "$0 | "cat 1>&2"}' data
! 1: b
! 2: a
! 3: c
$ awk 'BEGIN{print "x" > "/dev/null"; print -1 " " -1}'
-1-1

# Operands, variables and options
< data
1
2
< prog
{ n += $1 }
END { print n, x }
< lib
function twice(v) { return 2*v }
$ awk -f prog -v x=5 data
3 5
$ awk -f lib -e 'BEGIN{print twice(4)}'
8
$ awk '{print x, $0}' x=5 data x='a b' data
5 1
5 2
a b 1
a b 2
$ awk 'END{print x}' x=7 data
7
$ awk -v 'x=a\tb\\n' 'BEGIN{print x}'
a	b\n
$ awk 'BEGIN{print ARGC, ARGV[0], ARGV[1], ARGV[2]}' a b=c
3 awk a b=c
$ awk 'BEGIN{ARGV[1]=""} {print}' missing data
1
2
$ awk 'BEGIN{ARGC=2} {print FILENAME, FNR}' data missing
data 1
data 2
$ awk 'FNR==1{print FILENAME, ARGIND, NR}' data prog
data 1 1
prog 2 3
$ awk '{print FILENAME; nextfile}' data prog
data
prog
$ awk '{print}' missing; echo $?
1
! awk: missing: No such file or directory
$ awk '{print}' missing data; echo $?
1
! awk: missing: No such file or directory
$ awk 'BEGIN{print ENVIRON["HOME"], ENVIRON["NOPE"]"|"}'
/root |
$ X='a b' awk 'BEGIN{print ENVIRON["X"]; n=ENVIRON["X"]; print length(n)}'
a b
3
$ awk -f missing
! awk: can't open 'missing': No such file or directory
? 1
$ awk -f prog -f lib data
3 
$ cat data | awk '{print}' -
1
2
$ awk -- '{print "dashes"}' data
dashes
dashes
$ awk -vFS=1 '{print NF}' data
2
1
$ awk -F1 -- '{print NF}' data
2
1
$ awk '{print NR, FNR}' data data
1 1
2 2
3 1
4 2

# Bits, time and chance
$ awk 'BEGIN{print and(12,10), or(12,10), xor(12,10), lshift(1,4), rshift(256,4), compl(0)>0}'
$ awk 'BEGIN{print strftime("%Y-%m-%d %H:%M:%S", 86400, 1), strftime("%j", 0)}'
1970-01-02 00:00:00 001
$ awk 'BEGIN{print mktime("1970 01 02 00 00 00"), mktime("bad")}'
86400 -1
$ awk 'BEGIN{srand(5); print srand(7), srand()}'
5 7
$ awk 'BEGIN{srand(1); a=rand(); srand(1); b=rand(); print (a==b), (a>=0 && a<1)}'
1 1
$ awk 'BEGIN{print int(3.9), int(-3.9), int("3abc"), (systime() > 1000000)}'
3 -3 3 1
$ TZ=EST5 awk 'BEGIN{print strftime("%H %Z", 0)}'
19 EST

# A directory ends it; -v is looked at before -f
$ mkdir d; echo a > a; awk 1 a d a
a
! awk: cmd. line:1: Is a directory
? 1
$ awk -f missing -v a 1
! Usage
? 1

# The name of stdin
$ echo a | awk '{ print FILENAME }'
-

# More than two numbers, nothing as a character, a seed that asks for one
~ full
$ awk 'BEGIN { print and(31, 19, 17), or(1, 2, 4), xor(1, 2, 3); printf "(%c)", "" }' | od -c
0000000   1   7       7       0  \n   (  \0   )
0000012
$ awk 'BEGIN { srand(5); print srand(srand(9)) }'
9
