import Glibc
import Installation

exit(PlatformCommands.run(Array(CommandLine.arguments.dropFirst())))
