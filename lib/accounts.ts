// /etc/passwd and /etc/group (passwd(5), group(5)).

export interface User {
  readonly name: string
  readonly uid: number
  readonly gid: number
  readonly gecos: string
  readonly home: string
  readonly shell: string
}

export interface Group {
  readonly name: string
  readonly gid: number
  readonly members: readonly string[]
}

export function parseUsers(text: string): User[] {
  return rows(text, 7).map(([name = '', , uid, gid, gecos = '', home = '', shell = '']) => ({
    name,
    uid: Number(uid),
    gid: Number(gid),
    gecos,
    home,
    shell,
  }))
}

export function parseGroups(text: string): Group[] {
  return rows(text, 3).map(([name = '', , gid, members = '']) => ({
    name,
    gid: Number(gid),
    members: members.split(',').filter(member => member !== ''),
  }))
}

function rows(text: string, least: number): string[][] {
  return text
    .split('\n')
    .map(line => line.split(':'))
    .filter(fields => fields.length >= least)
}
