"""The front door: `python3 app.py` sets everything up and serves, `python3 app.py test` tests.

Standard library only, until it starts itself again inside .venv; every other verb goes to portal.cli.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import platform
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
NATIVE = ROOT / ".native"
AGAIN = "then run the same command again."
LIBRARIES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
PIP = "python3-pip-whl"
TESTING = {"test", "bench"}


class Missing(Exception):
    """Something the portal needs and cannot fetch by itself; the text says what mends it."""


def say(text: str) -> None:
    """Tell the person at the terminal what takes time."""
    print(text, file=sys.stderr, flush=True)


def run(command: list[str], failure: str, folder: str | None = None, **environment: str) -> str:
    """Run a command and give its output; Missing with `failure` and its most telling line if it fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False, cwd=folder,
                              stdin=subprocess.DEVNULL, env={**os.environ, **environment})
    except OSError as error:
        raise Missing(f"{failure} ({command[0]}: {error.strerror})") from None
    if done.returncode:
        lines = (done.stderr.strip() or done.stdout.strip() or f"exit status {done.returncode}").splitlines()
        telling = next((line for line in lines if "certificate" in line or "No space left" in line), lines[-1])
        raise Missing(f"{failure} ({telling.strip()[-200:]})")
    return done.stdout


def is_debian() -> bool:
    """Whether this machine takes Debian's packages (Debian, Ubuntu and their kin)."""
    return bool(shutil.which("apt-get") and shutil.which("dpkg-deb"))


def fetch_debian(names: tuple[str, ...], failure: str) -> None:
    """Bring Debian packages: installed when root, otherwise unpacked with what they need into .native/."""
    if os.geteuid() == 0:
        apt = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=120"]
        run([*apt, "update"], failure)
        run([*apt, "install", "-y", "--no-install-recommends", *names], failure, DEBIAN_FRONTEND="noninteractive")
        return
    with tempfile.TemporaryDirectory(dir=ROOT, prefix=".native-") as folder:
        for inner in ("lists/partial", "archives/partial"):
            Path(folder, inner).mkdir(parents=True)
        apt = ["apt-get", "-q", "-o", f"Dir::State::Lists={folder}/lists", "-o", f"Dir::Cache={folder}",
               "-o", "Debug::NoLocking=1"]
        run([*apt, "update"], failure)
        plan = run([*apt, "install", "--simulate", "--no-install-recommends", *names], failure)
        needed = [line.split()[1] for line in plan.splitlines() if line.startswith("Inst ")]
        run([*apt, "download", *needed], failure, folder)
        for package in sorted(Path(folder).glob("*.deb")):
            run(["dpkg-deb", "-x", str(package), str(NATIVE)], failure)


def pip_wheel() -> Path | None:
    """Find the pip that comes with this Python: ensurepip's own wheel, or the one a distribution keeps apart."""
    folders = [Path(sysconfig.get_path("stdlib"), "ensurepip", "_bundled"),
               Path(sysconfig.get_config_var("WHEEL_PKG_DIR") or "/usr/share/python-wheels"),
               Path("/usr/share/python-wheels"), NATIVE / "usr/share/python-wheels"]
    return next((wheel for folder in folders for wheel in sorted(folder.glob("pip-*.whl"))), None)


def ensure_pip() -> Path:
    """Give a pip wheel, fetched from Debian where Debian has split it off."""
    if pip_wheel() is None and is_debian():
        say("Fetching pip, which this Python came without …")
        fetch_debian((PIP,), f"pip could not be fetched. Install it with: apt-get install python3-venv; {AGAIN}")
    wheel = pip_wheel()
    if wheel is None:
        raise Missing(f"This Python has no pip. Install your system's python3-venv or python3-pip; {AGAIN}")
    return wheel


def digest(lock: Path) -> str:
    """What an installation is known by: the lock file's content and this Python."""
    return hashlib.sha256(lock.read_bytes() + sys.version.encode() + platform.machine().encode()).hexdigest()


def ensure_packages(lock: Path) -> None:
    """Install what a lock file lists into .venv, unless its stamp says that was done."""
    stamp = VENV / f"{lock.stem}.stamp"
    if stamp.is_file() and stamp.read_text() == digest(lock) and PYTHON.exists():
        return
    wheel = ensure_pip()
    say("Installing the Python packages into .venv (once, about a minute) …")
    offline = f"The Python packages could not be fetched. Check the network or its proxy; {AGAIN}"
    run([sys.executable, "-m", "venv", "--without-pip", *(["--clear"] if not PYTHON.exists() else []), str(VENV)],
        f"The folder .venv could not be made. Remove it; {AGAIN}")
    pip = [str(PYTHON), "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes", "-r"]
    run([*pip, str(ROOT / "requirements-uv.txt")], offline, PYTHONPATH=str(wheel))
    try:
        run([str(VENV / "bin" / "uv"), "pip", "install", "-q", "--python", str(PYTHON), "--require-hashes",
             "-r", str(lock)], offline, UV_PYTHON_DOWNLOADS="never")
    except Missing:  # where only pip has been told of a mirror or proxy
        run([*pip, str(lock)], offline, PYTHONPATH=str(wheel))
    stamp.write_text(digest(lock))


def ensure_native() -> None:
    """Make sure that the printer's libraries load, fetched on Debian, named elsewhere."""
    native = importlib.import_module("portal.native")
    os.environ.update(native.environment())
    if sys.platform == "darwin":
        if not Path(native.BREW, native.MACOS[1]).exists():
            raise Missing(f"Pango is missing. Install it with: brew install pango; {AGAIN}")
    elif native.missing() and is_debian():
        say("Fetching Pango, which prints the PDFs …")
        fetch_debian(LIBRARIES, f"Pango could not be fetched. Install it with: apt-get install "
                                f"{' '.join(LIBRARIES)}; {AGAIN}")
    if sys.platform != "darwin" and (left := native.missing()):
        raise Missing(f"Pango is missing ({', '.join(left)}). Install your system's pango and harfbuzz; {AGAIN}")


def main(arguments: list[str]) -> int:
    """Set up what is missing, start again inside .venv, and hand over to the portal or to pytest."""
    if sys.version_info < (3, 11):
        say(f"The portal needs Python 3.11 or later; this is {platform.python_version()}.")
        return 1
    verb = arguments[0] if arguments else ""
    os.environ["PYTHONPATH"] = str(ROOT)
    os.environ.setdefault("PORTAL_HOME", str(ROOT / "var"))  # the same wherever it is started from
    try:
        ensure_packages(ROOT / ("requirements-test.txt" if verb in TESTING else "requirements.txt"))
        ensure_native()
    except Missing as missing:
        say(str(missing))
        return 1
    if Path(sys.prefix).resolve() != VENV:
        os.execv(PYTHON, [str(PYTHON), str(ROOT / "app.py"), *arguments])
    if verb == "test":
        os.chdir(ROOT)
        os.execv(PYTHON, [str(PYTHON), "-m", "pytest", *arguments[1:]])
    status: int = importlib.import_module("portal.cli").main(arguments)
    return status


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
