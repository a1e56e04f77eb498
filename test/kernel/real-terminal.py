# Plays sessions on a real pseudo terminal: a JSON list of {flags, characters, steps} in, a list of what was seen out.
import json, os, pty, select, sys, termios, time

CHARACTERS = {'intr': termios.VINTR, 'erase': termios.VERASE, 'eol': termios.VEOL, 'min': termios.VMIN, 'time': termios.VTIME}
GROUPS = {'input': 0, 'output': 1, 'local': 3}
IUTF8 = 0o40000
# Seconds in which Linux is trusted to have echoed: the argument, in milliseconds.
PAUSE = float(sys.argv[1]) / 1000


def change(fd, groups, characters):
    attributes = termios.tcgetattr(fd)
    for group, [on, off] in groups.items():
        attributes[GROUPS[group]] = attributes[GROUPS[group]] & ~off | on
    for name, value in characters.items():
        attributes[6][CHARACTERS[name]] = value if name in ('min', 'time') else bytes([value])
    termios.tcsetattr(fd, termios.TCSANOW, attributes)


def drain(fd, wait):
    seen = b''
    while select.select([fd], [], [], wait)[0]:
        seen += os.read(fd, 65536)
    return seen


def play(session):
    master, slave = pty.openpty()
    change(slave, {'input': [IUTF8, 0]}, {})
    change(slave, session['groups'], session['characters'])
    os.set_blocking(slave, False)
    seen = []
    for action, *rest in session['steps']:
        if action == 'type':
            os.write(master, bytes.fromhex(rest[0]))
            time.sleep(PAUSE)
        elif action == 'print':
            os.write(slave, bytes.fromhex(rest[0]))
        elif action == 'change':
            change(slave, rest[0], rest[1])
        elif action == 'read':
            try:
                seen.append('read ' + os.read(slave, rest[0]).hex())
            except BlockingIOError:
                seen.append('none')
        shown = drain(master, PAUSE).hex()
        if shown:
            seen.append('show ' + shown)
    os.close(slave)
    os.close(master)
    return seen


print(json.dumps([play(session) for session in json.load(sys.stdin)]))
