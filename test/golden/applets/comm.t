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
