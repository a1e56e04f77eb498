# Below a directory
$ mkdir -p a/b c; touch a/f; ln -s a l; tree
.
├── a
│   ├── b
│   └── f
├── c
└── l -> a

3 directories, 2 files
~ differs: Debian's busybox leaves this command out

# All, and nothing there
$ mkdir -p d/e
$ : > d/f
$ : > d/.h
$ ln -s f d/l

