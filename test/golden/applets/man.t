# Where pages are
< foo.1
.TH FOO 1 "2024" "foo 1.0"
.SH NAME
foo \- does it
.SH SYNOPSIS
.B foo
.RB [ \-v ]
.I file
.SH DESCRIPTION
.B foo
does what is to be done, with every file that it is given, one after another, and says nothing of it.
.PP
A second paragraph \(em with a dash.
.TP
.B \-v
Say what is done.
.TP
.B \-\-long\-option
It has a line of its own.
.RS
.IP a) 4
within
.RE
.nf
  as   it
    is
.fi
.SS Part
.\" nobody reads this
End.
$ mkdir -p m/man1 m/man8 m/cat1; cp foo.1 m/man1; printf '.TH FOO 8\n.SH NAME\nx\n' | gzip > m/man8/foo.8.gz; echo 'cat page' > m/cat1/bar.1; export MANPATH=m; man -w foo; man -aw foo; man -w 8 foo; man -w foo.8; man -w bar; man -w ./m/man1/foo.1
m/man1/foo.1
m/man1/foo.1
m/man8/foo.8.gz
m/man8/foo.8.gz
m/man8/foo.8.gz
m/cat1/bar.1
./m/man1/foo.1
$ man nosuch
! man: no manual entry for 'nosuch'
? 1
$ man -w foo nosuch; man
! man: no manual entry for 'foo'
! man: no manual entry for 'nosuch'
! Usage
? 1
$ MANPATH=m COLUMNS=60 man foo; MANPATH=m man bar
FOO(1)           General Commands Manual            FOO(1)

NAME
       foo - does it

SYNOPSIS
       foo [-v] file

DESCRIPTION
       foo does what is to be done, with every file that
       it is given, one after another, and says nothing of
       it.

       A second paragraph -- with a dash.

       -v     Say what is done.

       --long-option
              It has a line of its own.

              a)     within
         as   it
           is

   Part
       End.

foo 1.0                                             FOO(1)
cat page
~ differs: the real one has pages laid out by nroff
