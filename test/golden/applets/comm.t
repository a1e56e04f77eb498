# What two sorted files have in common
$ printf 'a\nb\nc\n' > x; printf 'b\nc\nd\n' > y; comm x y
a
		b
		c
	d
$ comm -12 x y
b
c
$ comm -3 x y
a
	d

# What is in both
~ full
$ printf 'a\nb\n' > x
$ printf 'b\nc\n' > y
$ comm x y
a
		b
	c
$ comm -1 x y
	b
c
$ comm -2 x y
a
	b
$ comm -3 x y
a
	c
$ comm -12 x y
b
$ comm -123 x y
$ comm x
! Usage
? 1
$ comm x nox
! comm: nox: No such file or directory
? 1
$ comm - y < x
a
		b
	c
$ comm -z x y
! comm: invalid option -- 'z'
! Usage
? 1
