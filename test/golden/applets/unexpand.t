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
