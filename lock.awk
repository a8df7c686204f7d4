# Takes the whole lock that `make lock` resolves and prints what the project keeps of it.
#
# torch comes in several builds of one version: on Linux, a small one for the processor and one
# for graphics cards that needs gigabytes of further packages. Which of them a machine takes is
# decided by where its pip looks, so on Linux neither the build's hash nor its packages can be
# known here. There, torch and what only its build needs are left to requirements.txt, which pins
# the version. On macOS and Windows there is one build, and its hashes are kept.

NR == 1 {
    print "# Every installed package with its hashes, for Python 3.10 to 3.13 on Linux, macOS and Windows:"
    print "#     python -m pip install --require-hashes --no-deps -r requirements.lock"
    print "#     python -m pip install -r requirements.txt"
    print "# The second line installs what this file cannot hold: torch on Linux, see lock.awk."
}
/^[a-z0-9]/ { dropped = /^(triton|cuda-|nvidia-)/ }
/^torch==/ { sub(/ \\$/, " ; sys_platform != 'linux' \\") }
!dropped
