"""Runs a program on a Linux that has no IPv6: socket() for its family fails with EAFNOSUPPORT, as with `ipv6.disable=1`.

Usage: without-ipv6.py PROGRAM [ARGUMENT...]
"""
import ctypes
import errno
import os
import platform
import socket
import struct
import sys

SYSCALL = {"x86_64": 41, "aarch64": 198}[platform.machine()]
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
LOAD, EQUAL, RETURN = 0x20, 0x15, 0x06
ALLOW, FAIL = 0x7FFF0000, 0x00050000 | errno.EAFNOSUPPORT

# struct sock_filter: code, jump if true, jump if false, value. Loads the number of the system call, then its first argument.
STEPS = [
    (LOAD, 0, 0, 0),
    (EQUAL, 0, 3, SYSCALL),
    (LOAD, 0, 0, 16),
    (EQUAL, 0, 1, socket.AF_INET6),
    (RETURN, 0, 0, FAIL),
    (RETURN, 0, 0, ALLOW),
]
steps = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in STEPS))


class Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("steps", ctypes.c_void_p)]


libc = ctypes.CDLL(None, use_errno=True)
program = Program(len(STEPS), ctypes.addressof(steps))
if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0):
    sys.exit(os.strerror(ctypes.get_errno()))
os.execvp(sys.argv[1], sys.argv[1:])
