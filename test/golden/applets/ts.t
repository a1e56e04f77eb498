# Times before lines
$ echo a | ts %Y | sed 's/20../YEAR/'; echo b | ts | sed 's/[A-Z].. .. ..:..:../NOW/'; printf 'x\ny' | ts -s; printf 'x\ny\n' | ts -i; echo z | ts -s %S
YEAR a
NOW b
00:00:00 x
00:00:00 y00:00:00 x
00:00:00 y
00 z
