# Made, listed, unpacked
$ mkdir d; echo hi > d/a; ln -s a d/l; mkdir d/s; echo two > d/s/b; find d | sort > names; cpio -o -H newc < names > x.cpio; cpio -t < x.cpio; cpio -tF x.cpio 2>/dev/null | wc -l; mkdir o; cd o; cpio -idv < ../x.cpio; ls -R; cpio -id < ../x.cpio; cpio -idu 'd/s/*' < ../x.cpio; cat d/s/b
$ cpio -ov -H newc -F y.cpio < names; cmp x.cpio y.cpio; tr '\n' '\0' < names | cpio -0 -o -H newc 2>/dev/null | cmp - x.cpio; cpio -o -H newc -L < names 2>/dev/null | cpio -t 2>/dev/null; cpio -o -H newc -R 7:8 < names 2>/dev/null | cpio -tv 2>/dev/null | cut -c1-14
$ cpio -o -H newc --renumber-inodes --ignore-devno < names 2>/dev/null | head -c 30; echo; touch -d '2001-02-03 04:05:06' d/a; echo d/a | cpio -o -H newc 2>/dev/null > m; rm d/a; cpio -im < m; stat -c %y d/a | cut -c1-19; cpio -tv < m 2>/dev/null
$ echo d/a | cpio -p out; echo $?; cpio -pdm out < names; ls out; mkdir in; cpio -p in < names; cat in/d/a; echo d/a | cpio -pdu in
$ echo nox | cpio -o -H newc > /dev/null; echo $?; echo junk | cpio -i; echo $?; head -c 100 x.cpio | cpio -t; echo $?
