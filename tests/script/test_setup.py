"""`script/setup` on machines made of stubs: what it does, what it says, and when it does nothing."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from uppsikt_services.surroundings import ROOT

TOOLS = ("sh", "cat", "cksum", "cut", "dirname", "echo", "ls", "mkdir", "rm", "sed", "tr", "cp")
INPUTS = ("script/setup", "script/requirements-uv.lock", "requirements.lock", "pyproject.toml")
LIBRARIES = "libatomic.so.1 libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz-subset.so.0"
FONTS = "DejaVu Sans Noto Sans Noto Color Emoji"
# Makes .venv, where pip and uv are stubs too; writes down how it was called.
PYTHON = """
case "$*" in
"-m venv .venv") mkdir -p .venv/bin && cp "$0" .venv/bin/python && cp "$LOG_STUB" .venv/bin/uv ;;
*" install "*) echo "pip $*" >>"$CALLS" ;;
esac
"""


class Machine:
    """A copy of what setup reads, and a path on which only stubs and a few plain tools lie."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "repo"
        self.bin = folder / "bin"
        self.calls_file = folder / "calls"
        self.bin.mkdir()
        for name in TOOLS:
            (self.bin / name).symlink_to(shutil.which(name))
        for name in INPUTS:
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, self.root / name)
        self.stub("log", 'echo "$(basename "$0") $*" >>"$CALLS"')
        (self.bin / "basename").symlink_to(shutil.which("basename"))

    def stub(self, name: str, script: str) -> None:
        (self.bin / name).write_text(f"#!/bin/sh\n{script}\n")
        (self.bin / name).chmod(0o755)

    def has(self, user: int = 1000, python: bool = True, libraries: str = LIBRARIES, fonts: str = FONTS) -> None:
        self.stub("id", f"echo {user}")
        self.stub("ldconfig", f"echo '{libraries}'")
        self.stub("fc-list", f"echo '{fonts}'")
        self.stub("chromium", "")
        if python:
            self.stub("python3", PYTHON)

    def setup(self) -> subprocess.CompletedProcess[str]:
        environ = {
            "PATH": str(self.bin),
            "HOME": str(self.root),
            "CALLS": str(self.calls_file),
            "LOG_STUB": str(self.bin / "log"),
        }
        command = ["sh", str(self.root / "script" / "setup")]
        return subprocess.run(command, env=environ, capture_output=True, text=True, check=False)

    @property
    def calls(self) -> list[str]:
        return self.calls_file.read_text().splitlines() if self.calls_file.exists() else []


@pytest.fixture
def machine(tmp_path) -> Machine:
    return Machine(tmp_path)


def test_ready_machine_gets_a_venv_with_hashed_dependencies(machine):
    machine.has()

    done = machine.setup()

    assert done.returncode == 0, done.stderr
    assert [call.split()[0] for call in machine.calls] == ["pip", "uv"]
    assert all(" install " in call and "--require-hashes" in call for call in machine.calls)


def test_second_run_does_nothing(machine):
    machine.has()
    machine.setup()
    before = machine.calls

    done = machine.setup()

    assert (done.returncode, done.stderr, machine.calls) == (0, "", before)


@pytest.mark.parametrize("changed", INPUTS)
def test_change_of_an_input_sets_up_again(changed, machine):
    machine.has()
    machine.setup()
    before = len(machine.calls)

    with (machine.root / changed).open("a") as file:
        file.write("\n# changed\n")
    machine.setup()

    assert len(machine.calls) == 2 * before


def test_interrupted_setup_is_done_again(machine):
    machine.has()
    machine.stub("log", "exit 1")
    machine.stub("python3", PYTHON.replace('echo "pip $*" >>"$CALLS"', "exit 1"))
    assert machine.setup().returncode != 0
    shutil.rmtree(machine.root / ".venv")
    machine.has()

    assert machine.setup().returncode == 0
    assert machine.calls


def test_pip_installs_what_uv_could_not(machine):
    machine.has()
    machine.stub("log", "exit 1")

    done = machine.setup()

    assert done.returncode == 0
    assert "trying with pip" in done.stderr
    assert machine.calls[-1].endswith("install -q --require-hashes -r requirements.lock")


def test_without_python_setup_says_what_is_needed(machine):
    machine.has(python=False)

    done = machine.setup()

    assert done.returncode == 1
    assert "Python 3.11 or later is needed" in done.stderr


def test_ordinary_user_is_told_what_is_off_and_how_to_get_it(machine):
    machine.has(libraries=LIBRARIES.replace("libpango-1.0.so.0", ""), fonts="DejaVu Sans Noto Sans")

    done = machine.setup()

    assert done.returncode == 0
    assert "PDF (package libpango-1.0-0)" in done.stderr
    assert "apt install libpango-1.0-0 fonts-noto-color-emoji" in done.stderr


def test_root_gets_what_is_missing_in_one_call(machine):
    machine.has(user=0, libraries="", fonts=FONTS)
    machine.stub("apt-cache", "")
    machine.stub("apt-get", 'case "$*" in *install*) echo "$*" >>"$CALLS" ;; esac')

    machine.setup()

    installed = [call for call in machine.calls if call.startswith("-qq install")]
    assert len(installed) == 1
    assert "libatomic1 libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in installed[0]


def test_package_that_this_system_does_not_know_stops_no_other(machine):
    machine.has(user=0, libraries="", fonts=FONTS)
    machine.stub("apt-cache", 'case "$*" in *harfbuzz*) exit 100 ;; esac')
    machine.stub("apt-get", 'case "$*" in *install*) echo "$*" >>"$CALLS" ;; esac')

    machine.setup()

    assert "libpangoft2-1.0-0" in machine.calls[0]
    assert "harfbuzz" not in machine.calls[0]


def test_failure_of_apt_warns_and_goes_on(machine):
    machine.has(user=0, libraries="", fonts=FONTS)
    machine.stub("apt-cache", "")
    machine.stub("apt-get", "exit 100")

    done = machine.setup()

    assert done.returncode == 0
    assert "apt-get failed; going on" in done.stderr
    assert "snapshots (package libatomic1)" in done.stderr


def test_ci_runs_the_tests_and_adds_nothing():
    lines = (ROOT / ".ci" / "run").read_text().splitlines()

    assert lines == ["#!/bin/sh", 'exec "$(dirname "$0")/../script/test"']
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
