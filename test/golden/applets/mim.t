# Targets
< Mimfile
\# comment
x() { echo func "$@"; }
first:
	x one
	if true; then
		echo in
	fi
second:
	echo sec "$@"
	exit 3
$ mim; mim first; mim second a b
func one
in
func one
in
sec a b
? 3
$ mim nosuch
Unknown command nosuch
? 1
$ mim -f nosuch
! mim: line 7: can't open nosuch: no such file
? 1
$ printf 'a:\n\techo $-\n' > m2; mim -f m2 -e a | tr -cd e; echo
e
