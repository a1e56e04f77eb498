# Both encodings
$ umask 022; echo 'hello, world' > a; uuencode a b; uuencode -m a b; uuencode x < a; chmod 755 a; uuencode a y | head -1
begin 644 b
-:&5L;&\L('=O<FQD"@``
`
end
begin-base64 644 b
aGVsbG8sIHdvcmxkCg==
====
begin 644 x
-:&5L;&\L('=O<FQD"@``
`
end
begin 755 y
$ seq 50 | uuencode n; seq 50 | uuencode -m n; uuencode empty < /dev/null
begin 644 n
M,0HR"C,*-`HU"C8*-PHX"CD*,3`*,3$*,3(*,3,*,30*,34*,38*,3<*,3@*
M,3D*,C`*,C$*,C(*,C,*,C0*,C4*,C8*,C<*,C@*,CD*,S`*,S$*,S(*,S,*
M,S0*,S4*,S8*,S<*,S@*,SD*-#`*-#$*-#(*-#,*-#0*-#4*-#8*-#<*-#@*
&-#D*-3`*
`
end
begin-base64 644 n
MQoyCjMKNAo1CjYKNwo4CjkKMTAKMTEKMTIKMTMKMTQKMTUKMTYKMTcKMTgK
MTkKMjAKMjEKMjIKMjMKMjQKMjUKMjYKMjcKMjgKMjkKMzAKMzEKMzIKMzMK
MzQKMzUKMzYKMzcKMzgKMzkKNDAKNDEKNDIKNDMKNDQKNDUKNDYKNDcKNDgK
NDkKNTAK
====
begin 644 empty
`
end
$ uuencode nox b; echo $?
1
! uuencode: can't open 'nox': No such file or directory
