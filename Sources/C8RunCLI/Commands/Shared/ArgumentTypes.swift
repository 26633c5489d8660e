import ArgumentParser

// How option values are read from text. The types themselves know nothing of the argument parser.

extension ColorChoice: ExpressibleByArgument {}

extension LogFormat: ExpressibleByArgument {}
