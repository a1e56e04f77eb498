# uncompress
$ printf '\037\235\220\150\312\260\141\363\006\104\300\201\005\017\022\064\050\220\040\013\020\143\336\264\201\043\247\314\234\071\012\000' > a.Z; uncompress -c a.Z; uncompress < a.Z; zcat a.Z; uncompress a.Z; ls; cat a
hello hello hello hello, compress
hello hello hello hello, compress
hello hello hello hello, compress
a
hello hello hello hello, compress
$ echo > b.Z; touch b; uncompress -f b.Z; echo $?; uncompress a; echo $?; uncompress nox; echo $?
1
1
1
! uncompress: invalid magic
! uncompress: a: unknown suffix - ignored
! uncompress: nox: No such file or directory
