"""What no linter of Debian's checks: lengths, circles, and architectures' names where no port may have to
change anything."""
