"""Runs short scripts of file system calls on Linux: JSON scripts on stdin, how each one's last call ended on stdout.

Every script runs in an empty directory of its own that is its root (chroot), so no call leaves it. Needs root.
"""
import errno, json, os, shutil, stat, sys, tempfile

FLAGS = {'c': os.O_CREAT, 'x': os.O_EXCL, 't': os.O_TRUNC, 'a': os.O_APPEND, 'd': os.O_DIRECTORY, 'n': os.O_NOFOLLOW,
         'k': os.O_NONBLOCK}
KINDS = {'fifo': stat.S_IFIFO, 'socket': stat.S_IFSOCK, 'character': stat.S_IFCHR, 'file': stat.S_IFREG}


def user(uid, groups=''):
    os.seteuid(0)
    os.setgroups([int(group) for group in groups.split(',') if group])
    os.setegid(int(uid))
    os.seteuid(int(uid))


def opened(path, letters, *rest):
    access = os.O_RDWR if {'r', 'w'} <= set(letters) else os.O_WRONLY if 'w' in letters else os.O_RDONLY
    flags = access
    for letter in letters:
        flags |= FLAGS.get(letter, 0)
    fd = os.open(path, flags, int(rest[0], 8) if rest else 0o666)
    try:
        if len(rest) > 1:
            os.write(fd, rest[1].encode())
    finally:
        os.close(fd)


def made(path, text='', mode='666'):
    fd = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, int(mode, 8))
    os.write(fd, text.encode())
    os.close(fd)


def read(path):
    with open(path) as file:
        return file.read()


def times(path, what):
    if what == 'now':
        os.utime(path)
    else:
        os.utime(path, ns=(int(what), int(what)))


CALLS = {
    'user': user,
    'file': made,
    'open': opened,
    'cat': read,
    'mkdir': lambda path, mode='777': os.mkdir(path, int(mode, 8)),
    'rmdir': os.rmdir,
    'unlink': os.unlink,
    'rename': os.rename,
    'link': lambda old, new: os.link(old, new, follow_symlinks=False),
    'symlink': os.symlink,
    'readlink': os.readlink,
    'mknod': lambda path, kind, rdev='0': os.mknod(path, KINDS[kind] | 0o666, int(rdev)),
    'chmod': lambda path, mode: os.chmod(path, int(mode, 8)),
    'chown': lambda path, uid, gid: os.chown(path, int(uid), int(gid)),
    'lchown': lambda path, uid, gid: os.lchown(path, int(uid), int(gid)),
    'truncate': lambda path, size: os.truncate(path, int(size)),
    'times': times,
    'chdir': os.chdir,
    'chroot': os.chroot,
    'cwd': os.getcwd,
    'list': lambda path: ' '.join(sorted(os.listdir(path))),
    'mode': lambda path: format(stat.S_IMODE(os.stat(path).st_mode), 'o'),
    'ids': lambda path: '{0.st_uid} {0.st_gid}'.format(os.stat(path)),
    'links': lambda path: str(os.stat(path).st_nlink),
    'size': lambda path: str(os.stat(path).st_size),
    'lsize': lambda path: str(os.lstat(path).st_size),
    'kind': lambda path: stat.filemode(os.stat(path).st_mode)[0],
    'lkind': lambda path: stat.filemode(os.lstat(path).st_mode)[0],
}


def run(script):
    os.umask(0o022)
    result = None
    for call in script.split('; '):
        name, *words = call.split(' ')
        words = [word.replace('LONG', 'n' * 255).replace('DEEP', './' * 2047) for word in words]
        words = ['' if word == "''" else word for word in words]
        try:
            result = CALLS[name](*words)
        except OSError as error:
            result = errno.errorcode[error.errno]
    return 'ok' if result is None else result


def in_own_root(script):
    root = tempfile.mkdtemp()
    os.chmod(root, 0o777)
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.chroot(root)
        os.chdir('/')
        os.write(writer, run(script).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as answer:
        result = answer.read()
    os.waitpid(child, 0)
    shutil.rmtree(root)
    return result


# What Python loads late, it must load before the first chroot.
'x'.encode('utf-8')
if os.geteuid() != 0:
    sys.exit('needs root')
json.dump([in_own_root(script) for script in json.load(sys.stdin)], sys.stdout)
