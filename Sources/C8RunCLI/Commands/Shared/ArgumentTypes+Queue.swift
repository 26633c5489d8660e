import ArgumentParser
import C8Queue

extension JobState: ExpressibleByArgument {}
