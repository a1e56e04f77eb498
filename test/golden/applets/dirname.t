# All but the last name
$ dirname /a/b; dirname a; dirname /; dirname a/b/; dirname /a; dirname //a//b//; dirname ''
/a
.
/
a
/
//a
.
