# SPDX-License-Identifier: MIT
"""Makes ctypes look as it does on Windows, for scripts that call the IP Helper API there.

    python3 -m iphlpapi script.py        runs a script like that
    import iphlpapi; iphlpapi.install()  does the same for the modules imported behind it

ctypes gets windll, WinDLL, WINFUNCTYPE, GetLastError, WinError and their kin; c_long and c_ulong have 32 bits, and so
have wintypes.LONG, DWORD and ULONG. Functions with wide characters take Python's c_wchar.
"""
import ctypes
import importlib
import sys

_LIBRARY = "libiphlpapi.so.1"
# The symbols for a wchar_t of 4 bytes, which c_wchar is here.
_WIDE_SUFFIX = "_wchar32"
# Functions that the C library has too are exported with this before their names.
_PREFIX = "win32_"


class WinDLL(ctypes.CDLL):
    """One of Windows' libraries by its own name; OSError for those that are not there."""

    def __init__(self, name, mode=ctypes.DEFAULT_MODE, handle=None, use_errno=False, use_last_error=False, winmode=None):
        if not _names_own_library(name):
            raise FileNotFoundError(f"Could not find module '{name}' (or one of its dependencies)")
        super().__init__(_LIBRARY, mode, handle, use_errno)
        self._name = name

    def __getitem__(self, name):
        if isinstance(name, str):
            for symbol in (name + _WIDE_SUFFIX, name, _PREFIX + name + _WIDE_SUFFIX, _PREFIX + name):
                try:
                    function = super().__getitem__(symbol)
                except AttributeError:
                    continue
                function.__name__ = name
                return function
        raise AttributeError(f"function '{name}' not found")


class _Loader:
    """windll: libraries as attributes."""

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        library = WinDLL(name)
        setattr(self, name, library)
        return library

    def __getitem__(self, name):
        return getattr(self, name)

    def LoadLibrary(self, name):
        return WinDLL(name)


_runtime = None


def _own_library():
    global _runtime
    if _runtime is None:
        _runtime = ctypes.CDLL(_LIBRARY)
        _runtime.GetModuleHandleA.restype = ctypes.c_void_p
    return _runtime


def _names_own_library(name):
    return name is not None and _own_library().GetModuleHandleA(str(name).encode()) is not None


def _get_last_error():
    return ctypes.c_int32(_own_library().GetLastError()).value


def _set_last_error(code):
    previous = _get_last_error()
    _own_library().SetLastError(ctypes.c_uint32(code))
    return previous


def _format_error(code=None):
    FORMAT_MESSAGE_FROM_SYSTEM, FORMAT_MESSAGE_IGNORE_INSERTS = 0x1000, 0x200
    code = _get_last_error() if code is None else code
    text = ctypes.create_unicode_buffer(1024)
    length = _own_library().FormatMessageW_wchar32(
        FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS, None, ctypes.c_uint32(code), 0, text, len(text), None)
    return text.value.rstrip() if length else "<no description>"


def _win_error(code=None, descr=None):
    code = _get_last_error() if code is None else code
    error = OSError(code, _format_error(code) if descr is None else descr)
    error.winerror = code
    return error


def install():
    """Changes ctypes for the whole process."""
    ctypes.c_long, ctypes.c_ulong = ctypes.c_int32, ctypes.c_uint32
    ctypes.WinDLL, ctypes.windll = WinDLL, _Loader()
    ctypes.WINFUNCTYPE = ctypes.CFUNCTYPE
    ctypes.GetLastError = ctypes.get_last_error = _get_last_error
    ctypes.set_last_error = _set_last_error
    ctypes.FormatError, ctypes.WinError = _format_error, _win_error
    # Its types are made of c_long and c_ulong when it is imported.
    sys.modules.pop("ctypes.wintypes", None)
    ctypes.wintypes = importlib.import_module("ctypes.wintypes")
