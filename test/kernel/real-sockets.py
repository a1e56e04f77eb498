"""Runs short scripts of calls on sockets on Linux: JSON scripts on stdin, how each one's last call ended on stdout.

Every script runs in a directory of its own and in a process of its own. Needs root, for the scripts that change users.
"""
import errno, json, os, shutil, socket, stat, sys, tempfile

FAMILIES = {'inet': socket.AF_INET, 'inet6': socket.AF_INET6, 'unix': socket.AF_UNIX}
TYPES = {'stream': socket.SOCK_STREAM, 'datagram': socket.SOCK_DGRAM}
HOW = {'read': socket.SHUT_RD, 'write': socket.SHUT_WR, 'both': socket.SHUT_RDWR}
found = {}


def free_ports():
    ones = [socket.socket() for _ in range(2)]
    for one in ones:
        one.bind(('', 0))
    ports = [one.getsockname()[1] for one in ones]
    for one in ones:
        one.close()
    return dict(zip(['PORT', 'OTHER'], ports))


def parse(words):
    if len(words) == 1:
        return words[0].replace('@', '\0')
    return (words[0], PORTS.get(words[1]) or int(words[1]))


def show(address):
    if isinstance(address, bytes):
        return address.decode().replace('\0', '@')
    if isinstance(address, str) or address is None:
        return address or ''
    names = {port: name for name, port in PORTS.items()}
    return '%s %s' % (address[0], names.get(address[1], address[1]))


def opened(key, family, kind):
    found[key] = socket.socket(FAMILIES[family], TYPES[kind])
    found[key].setblocking(False)
    if family != 'unix' and kind == 'stream':
        found[key].setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)


def paired(one, other):
    found[one], found[other] = socket.socketpair()


def connected(key, *address):
    try:
        found[key].connect(parse(address))
    except BlockingIOError as error:
        if error.errno != errno.EINPROGRESS:
            raise
        code = found[key].getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if code:
            raise OSError(code, '')
        # The next call says that it is done, and only those after it EISCONN.
        found[key].connect(parse(address))


def accepted(key, listener):
    found[key] = found[listener].accept()[0]
    found[key].setblocking(False)


def user(uid):
    os.setgroups([])
    os.setegid(int(uid))
    os.seteuid(int(uid))


def as_socket(fd):
    return socket.socket(fileno=fd) if isinstance(fd, int) else fd


def opened_file(key, path):
    found[key] = os.open(path, os.O_RDONLY)


def listened(key, backlog='8'):
    if isinstance(found[key], int):
        raise OSError(errno.ENOTSOCK, '')
    found[key].listen(int(backlog))


def name(key):
    if isinstance(found[key], int):
        os.fstat(found[key])
        raise OSError(errno.ENOTSOCK, '')
    return show(found[key].getsockname())


CALLS = {
    'open': opened,
    'pair': paired,
    'bind': lambda key, *address: found[key].bind(parse(address)),
    'listen': listened,
    'accept': accepted,
    'connect': connected,
    'shutdown': lambda key, how: found[key].shutdown(HOW[how]),
    'read': lambda key, most='1000': found[key].recv(int(most)).decode(),
    'from': lambda key: show(found[key].recvfrom(1000)[1]),
    'write': lambda key, text: str(found[key].send(text.encode())),
    'send': lambda key, text, *address: str(found[key].sendto(text.encode(), parse(address))),
    'close': lambda key: found[key].close(),
    'name': name,
    'peer': lambda key: show(found[key].getpeername()),
    'kind': lambda path: 'socket' if stat.S_ISSOCK(os.stat(path).st_mode) else 'file',
    'file': lambda path: open(path, 'w').close(),
    'fd': opened_file,
    'reopen': lambda path: os.close(os.open(path, os.O_RDONLY)),
    'seek': lambda key: os.lseek(found[key].fileno(), 0, 0),
    'unlink': os.unlink,
    'rename': os.rename,
    'mode': lambda path, mode: os.chmod(path, int(mode, 8)),
    'user': user,
}


def run(script):
    answer = ''
    for line in script.split('; '):
        name, *words = line.split(' ')
        try:
            answer = CALLS[name](*words)
        except OSError as error:
            answer = errno.errorcode[error.errno]
            answer = 'EOPNOTSUPP' if answer == 'ENOTSUP' else answer
        answer = 'ok' if answer is None else answer
    return answer


def in_child(script):
    folder = tempfile.mkdtemp()
    os.chmod(folder, 0o777)
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(read)
        os.chdir(folder)
        os.write(write, str(run(script)).encode())
        os._exit(0)
    os.close(write)
    answer = os.read(read, 1000).decode()
    os.close(read)
    os.waitpid(pid, 0)
    shutil.rmtree(folder)
    return answer


answers = []
for script in json.load(sys.stdin):
    PORTS = free_ports()
    answers.append(in_child(script))
json.dump(answers, sys.stdout)
