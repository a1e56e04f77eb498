# Lines shown, changed, put in, taken out, written
< f
one
two
three
~ full
$ printf '1,3p\n$=\n.=\n/tw/l\ns/w/WW/p\n1d\n,p\nw\nq\n' | ed f; cat f
14
one
two
three
3
3
two$
tWWo
tWWo
three
11
tWWo
three
$ printf '1a\nnew\n.\n,p\nw g\nq\n' | ed -s f; cat g
tWWo
new
three
tWWo
new
three
$ printf '1c\nX\nY\n.\n2i\nk\n.\n,p\n3,4d\n1,$p\nq\ny\n' | ed -p '> ' f; echo
11
> > > X
k
Y
three
> > X
k
> Really quit? 
$ printf 'f\nf zz\nf\nka\n1\n\n\n\n5p\n' | ed f
11
"f"
"zz"
tWWo
three
! ed: line number 3 does not exist
! ed: line number 3 does not exist
! ed: bad line range for print
$ printf 'x\n/nope/\ns/q/r/\ns/o\ns/o/0/x\nk1\nq x\n' | ed f
11
! ed: unimplemented command
! ed: can't find string "nope"
! ed: no substitutions found for "q"
! ed: missing 2nd delimiter for substitute
! ed: unknown option for substitute
! ed: bad mark name
! ed: bad quit command
$ printf '0r f\n.=\n2,1d\n0d\nr nox\nw /nodir/x\n' | ed f
11
11
2
! ed: bad line range for delete
! ed: bad line range for delete
! ed: nox: No such file or directory
! ed: /nodir/x: No such file or directory
$ ed nox
! ed: nox: No such file or directory
$ printf 'w\nr\n' | ed
! ed: no file name specified
! ed: no file name
