"""The walls around a child that parses what strangers sent: limits of the system, no network, no program.

The network is closed by a seccomp filter, which needs no privilege and holds in containers too. Where the
system has none (macOS), the limits alone stand.
"""

import ctypes
import platform
import resource
import struct
import sys

PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 4, 22, 38
FILTER_MODE = 2
ALLOW, REFUSE = 0x7FFF0000, 0x00050001  # the second: answer EPERM
LOAD, EQUAL, AT_LEAST, ANSWER = 0x20, 0x15, 0x35, 0x06
NUMBER, ARCH, FIRST_ARGUMENT = 0, 4, 16
AF_UNIX = 1
FOREIGN_ABI = 0x40000000

# Architecture mark, then socket; then connect, execve, execveat, ptrace, process_vm_readv and _writev, bpf,
# io_uring_setup.
CALLS = {
    "x86_64": (0xC000003E, 41, (42, 59, 322, 101, 310, 311, 321, 425)),
    "aarch64": (0xC00000B7, 198, (203, 221, 281, 117, 270, 271, 280, 425)),
}


def limit(memory: int, seconds: int, file_size: int) -> None:
    """Limit this process: bytes of address space, seconds of CPU, bytes of any file it writes; no core dump."""
    wanted = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_FSIZE: file_size,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 256,
    }
    for which, value in wanted.items():
        hard = resource.getrlimit(which)[1]
        resource.setrlimit(which, (value, value) if hard == resource.RLIM_INFINITY else (min(value, hard), hard))


def close_network(programs: bool) -> bool:
    """Forbid this process sockets, for good; with `programs` it may run programs and use sockets of files.

    Says whether the system could do it.
    """
    known = CALLS.get(platform.machine())
    if sys.platform != "linux" or known is None:
        return False
    steps = _steps(*known, programs)
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    program = struct.pack("HxxxxxxP", len(steps), ctypes.addressof(code))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    return bool(
        libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
        and libc.prctl(PR_SET_SECCOMP, FILTER_MODE, ctypes.create_string_buffer(program), 0, 0) == 0
    )


def _steps(arch: int, socket: int, calls: tuple[int, ...], programs: bool) -> list[tuple[int, int, int, int]]:
    # Each step: what to do, how many steps to skip if it holds and if not, a value. The last two steps answer.
    if programs:
        body = [(EQUAL, 0, 2, socket), (LOAD, 0, 0, FIRST_ARGUMENT), (EQUAL, 0, 1, AF_UNIX)]
        tail = [(ANSWER, 0, 0, ALLOW), (ANSWER, 0, 0, REFUSE)]
        body = [(EQUAL, 1, 0, socket), (ANSWER, 0, 0, ALLOW), *body[1:], *tail]
    else:
        denied = (socket, *calls)
        body = [(EQUAL, len(denied) - place, 0, call) for place, call in enumerate(denied)]
        body += [(ANSWER, 0, 0, ALLOW), (ANSWER, 0, 0, REFUSE)]
    start = [(LOAD, 0, 0, ARCH), (EQUAL, 1, 0, arch), (ANSWER, 0, 0, REFUSE), (LOAD, 0, 0, NUMBER),
             (AT_LEAST, 0, 1, FOREIGN_ABI), (ANSWER, 0, 0, REFUSE)]
    return [*start, *body]
