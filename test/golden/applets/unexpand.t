# Spaces become tabs
< tabs
a	b
	x  y
        eight
$ unexpand tabs | cat -A
a^Ib$
^Ix  y$
^Ieight$
$ unexpand -t 4 tabs | cat -A
a^Ib$
^Ix  y$
^I^Ieight$

# Blanks that stay are as they were
$ printf 'a\tb\tc   d\n \ta\tb\n' | unexpand | tr '\t' '>'
a>b>c   d
>a>b
