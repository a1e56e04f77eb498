# Arithmetic and scale
$ echo '1+2; 7/2; 2^10; 7%3; -7/2; 2*3-1' | bc
3
3
1024
1
-3
5
$ echo 'scale=20; 1/3; 10%3; 2^-2' | bc
.33333333333333333333
.00000000000000000001
.25000000000000000000
$ echo 'scale=3; 1.23456*1.1; 2.5^3; 1.23456789^2; 7%2.5; -7%3; 100/7; 10^-2' | bc
1.35801
15.625
1.52415787
0
-.001
14.285
.010
$ echo '2^200' | bc
1606938044258990275541962092341162602522202993782792835301376
$ echo '2^300' | BC_LINE_LENGTH=0 bc
2037035976334486086268445688409378161051468393665936250636140449354381299763336706183397376
$ echo '.5; -.5; 0; 1.50; 1.10+2; 5-5.0' | bc
.5
-.5
0
1.50
3.10
0
$ echo 'sqrt(2); scale=10; sqrt(2); sqrt(16); length(123.45); scale(1.230); length(0.001)' | bc
1
1.4142135623
4.0000000000
5
3
1
$ echo '-2^2; 2^2^3; 2*3^2; 1-1-1; (1+2)*3' | bc
4
256
18
-1
9
$ echo '1/0' | bc
! bc: divide by zero
? 1
$ echo 'sqrt(-1)' | bc
! bc: negative number
? 1
$ echo '2^0.5' | bc
! bc: not an integer
? 1

# Bases
$ echo 'ibase=16; FF; 1F+1' | bc
255
32
$ echo 'obase=16; 255; 3735928559' | bc
FF
DEADBEEF
$ echo 'obase=2; 10; scale=5; 1/3' | bc
1010
.01010101010101010
$ echo 'obase=100; 12345; scale=4; 1/3' | bc
 01 23 45
.33 33
$ echo 'ibase=2; obase=16; 11111111' | bc
100110
$ echo 'FF; F; 1Z' | bc
99
15
19
$ echo 'obase=1' | bc
! bc: bad obase; must be [2,999]
? 1
$ echo 'ibase=16; ibase; obase=16; obase' | bc
16
 01 00

# Variables, arrays, functions
$ echo 'a=5; a; a+=2; a; a++; ++a; a--; x[2]=7; x[2]++; x[2]; x[0]' | bc
5
7
7
9
9
7
8
0
$ echo 'abc_1=3; abc_1*2; last; .+1' | bc
6
6
7
$ echo 'define f(n) { if (n<2) return (1); return (n*f(n-1)) }
! sh: syntax error: unterminated quoted string
? 2
$ printf 'define f(a[]) { a[0]=5; return (a[0]); }\nb[0]=1\nf(b[])\nb[0]\n' | bc
5
1
$ printf 'define g(*a[]) { a[0]=7; return 3 }\ng(b[])\nb[0]\n' | bc
3
7
$ printf 'define void h(x) { print "h", x, "\\n" }\nh(3)\n' | bc
h3
$ printf 'x=1\ndefine f() { auto x\nx=5\nreturn x }\nf();x\n' | bc
5
1
$ printf 'define s(n) { auto i,t; for (i=1;i<=n;i++) t+=i; return t }\ns(100)\n' | bc
5050
$ echo 'f(1)' | bc
! bc: undefined function
? 1

# Control
$ echo 'while(i<3){i; i+=1}; for(j=0;j<2;++j) j; if (1) 2 else 3' | bc
0
1
2
0
1
2
$ echo 'for(;;) { if (++i>3) break; if (i==2) continue; i }' | bc
1
3
$ echo '1&&0; 1||0; !1; !0; 3>2; 3==4; (2<1)+5' | bc
0
1
0
1
1
0
5
$ printf 'if (1) {\n5\n} else {\n6\n}\n' | bc
5
$ printf 'while (0)\n3\n4\n' | bc
4
$ printf '1;quit\n2\n' | bc
1
$ printf 'halt\n3\n' | bc
$ printf '1 + \\\n2\n' | bc
3
$ echo '/* c */ 1 # d' | bc
1
$ printf '"str\ning"; print "a\\tb\\n", 1+1, "\\n"\n' | bc
str
inga	b
2
$ printf 'read()\n5\n' | bc
5
$ echo 'break' | bc
! bc: bad token at 'break'
? 1
$ echo 'x y' | bc
! bc: bad expression at 'y'
? 1
$ echo '1 +' | bc
! bc: bad expression at ''
? 1
$ echo '3 = 4' | bc
! bc: bad assignment: left side must be variable or array element at '= 4'
? 1
$ echo 'return 1' | bc
! bc: 'return' not in a function
? 1
$ echo '"open' | bc
! bc: unterminated string
? 1
$ echo 'limits' | bc
BC_BASE_MAX     = 999
BC_DIM_MAX      = 2147483647
BC_SCALE_MAX    = 4294967295
BC_STRING_MAX   = 4294967294
MAX Exponent    = 999999999
Number of vars  = 999999999

# The library
$ echo 'e(1); s(1); c(1); l(2); a(1); j(0,1); 4*a(1)' | bc -l
2.71828182845904523536
.84147098480789650665
.54030230586813971740
.69314718055994530941
.78539816339744830961
.76519768655796655144
3.14159265358979323844
$ echo 'e(0)-2; s(0); l(1); a(0); l(0); e(-5); a(-2); c(-3.5); j(1,2); j(-3,2.5)' | bc -l
-1.00000000000000000000
0
0
0
-99999999999999999999.00000000000000000000
.00673794699908546709
-1.10714871779409050301
-.93645668729079633769
.57672480775687338720
-.21660039103911352476
$ echo 'scale=50; 4*a(1); e(1); l(10); s(.5)' | bc -l
3.14159265358979323846264338327950288419716939937508
2.71828182845904523536028747135266249775724709369995
2.30258509299404568401799145468436420760110148862877
.47942553860420300027328793521557138808180336794060
$ echo 'scale' | bc -l
20
$ echo 'define e(x) { return (x) }
! sh: syntax error: unterminated quoted string
? 2
$ echo 'e(100)' | bc -l
26881171418161354484126255515800135873611118.77374192241519160861

# POSIX only, and warnings
$ echo 'print 1' | bc -s
! bc: POSIX does not allow the 'print' keyword
? 1
$ echo 'last' | bc -s
! bc: POSIX does not allow the 'last' keyword
? 1
$ echo '# c' | bc -s
! bc: POSIX does not allow '#' script comments
? 1
$ echo 'if (1) 2 else 3' | bc -s
! bc: POSIX does not allow the 'else' keyword
? 1
$ echo 'a&&b' | bc -w
0
! bc: POSIX does not allow boolean operators; this is bad: &&
$ echo 'a=1;a==2' | bc -s
! bc: POSIX does not allow comparison operators outside if or loops
? 1
$ echo 'halt' | bc -w
! bc: POSIX does not allow the 'halt' keyword

# Files
< one
a=3
< two
a*2
halt
$ bc one two
6
$ bc -q two </dev/null
0
$ bc missing
! bc: can't open 'missing': No such file or directory
? 1
$ echo 'a+1' | bc one
4
