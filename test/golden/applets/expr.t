# Arithmetic
$ expr 2 '*' 3 + 1
7
$ expr -7 / 2; expr -7 % 2
-3
-1
$ expr '(' 1 + 2 ')' '*' 3
9
$ expr 9223372036854775807 + 1
-9223372036854775808
$ expr 7 / 0
! expr: division by zero
? 2
$ expr a + 1
! expr: non-numeric argument
? 2
$ expr 1 +
! expr: syntax error
? 2

# Comparisons, of numbers or of texts
$ expr 10 '<' 9
0
? 1
$ expr 10 '<' 9a
1
$ expr 1 = 01
1

# | and & give one of their sides
$ expr 0 '|' 2; expr '' '|' ''; expr 1 '&' 2; expr 0 '&' 2
2

1
0
? 1

# Matching begins at the beginning
$ expr abc : 'a\(.\)c'
b
$ expr abc : '.*'
3
$ expr abc : x
0
? 1
$ expr match aaa 'a*' + 1
4

# Texts
$ expr length abc; expr substr abcdef 2 3; expr index abcdef dc; expr quote match
3
bcd
3
match
